package io.thalweg.route;

import io.thalweg.domain.key.BatchResult;
import io.thalweg.domain.sample.Batch;
import io.thalweg.domain.sample.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A batch on its way: counts the keys that have yet to answer.
 *
 * <p>Its two promises are completed by the {@link Lanes}, on whose thread all else happens too.
 */
final class Ticket implements Admission {
  private final Batch batch;
  private final Caller caller;
  private final CompletableFuture<Admission> admitted = new CompletableFuture<>();
  private final CompletableFuture<RouteResult> result = new CompletableFuture<>();
  private final List<RouteResult.Refusal> refusals = new ArrayList<>(0);
  private final int weight;
  private int outstanding;
  private long recorded;
  private long duplicate;
  private long late;

  Ticket(Batch batch, Caller caller) {
    this.batch = batch;
    this.caller = caller;
    this.outstanding = batch.series().size();
    int sum = 0;
    for (Series series : batch.series()) {
      sum += Shares.weightOf(series.size());
    }
    this.weight = sum;
  }

  Batch batch() {
    return batch;
  }

  Caller caller() {
    return caller;
  }

  /** What it takes of the room in flight: a series without samples takes some, too. */
  int weight() {
    return weight;
  }

  /** Completed when the lanes have taken it: only then may its sender bring the next. */
  CompletionStage<Admission> admitted() {
    return admitted;
  }

  @Override
  public CompletionStage<RouteResult> result() {
    return result;
  }

  boolean isAnswered() {
    return outstanding == 0;
  }

  void admit() {
    admitted.complete(this);
    completeIfAnswered();
  }

  void answer(int series, BatchResult keyResult) {
    switch (keyResult) {
      case BatchResult.Counted counted -> {
        recorded += counted.samples();
        late += counted.late();
      }
      case BatchResult.Duplicate known -> duplicate += known.samples();
      case BatchResult.Refused refused ->
          refusals.add(new RouteResult.Refusal.ByKey(series, refused));
    }
    answered();
  }

  void refuse(int series, String reason) {
    refusals.add(new RouteResult.Refusal.KeyUnreadable(series, reason));
    answered();
  }

  /** A key is not heard of: the batch's sender learns so now, whatever the other keys will say. */
  void giveUp(String reason) {
    caller.giveUp(reason);
    admitted.complete(this);
    result.complete(new RouteResult.Unavailable(reason));
    answered();
  }

  private void answered() {
    outstanding--;
    completeIfAnswered();
  }

  private void completeIfAnswered() {
    if (isAnswered()) {
      result.complete(new RouteResult.Answered(recorded, duplicate, late, List.copyOf(refusals)));
    }
  }
}
