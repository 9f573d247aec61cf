package io.thalweg.route;

import io.thalweg.domain.sample.Batch;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Who brings batches in an order that is to be kept: a call. Once one of its batches is given up,
 * so are all that come after it: that one will be sent again, and none may overtake it.
 */
public final class Caller {
  private final ActorRef<Lanes.Message> lanes;

  /** Known to the lanes alone, on whose thread it is read and written. */
  private @Nullable String givenUp;

  /** Known to the lanes alone, too. */
  private final ArrayDeque<Lane> readyLanes = new ArrayDeque<>(1);

  /** So is this. */
  private final ArrayDeque<Lane> absentLanes = new ArrayDeque<>(1);

  Caller(ActorRef<Lanes.Message> lanes) {
    this.lanes = lanes;
  }

  /**
   * Offers a batch. Completed when the batch has found room: a caller that brings its next batch
   * only then is held back as the keys and the journal need it, and its batches reach each key in
   * its order.
   */
  public CompletionStage<Admission> admit(Batch batch) {
    Ticket ticket = new Ticket(batch, this);
    lanes.tell(new Lanes.Message.Offer(ticket));
    return ticket.admitted();
  }

  /** Lanes that wait for their turn, for its sake: {@link ReadyLanes}. */
  ArrayDeque<Lane> readyLanes() {
    return readyLanes;
  }

  /** Those of them whose keys are to be brought to memory first: {@link Turns}. */
  ArrayDeque<Lane> absentLanes() {
    return absentLanes;
  }

  /** A batch of it was given up. */
  void giveUp(String reason) {
    if (givenUp == null) {
      givenUp = reason;
    }
  }

  /** Why none of its batches is taken any more; empty while they are. */
  Optional<String> givenUp() {
    return Optional.ofNullable(givenUp);
  }
}
