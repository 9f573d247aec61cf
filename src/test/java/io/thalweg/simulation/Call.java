package io.thalweg.simulation;

import com.google.rpc.Code;
import io.grpc.Status;
import io.thalweg.domain.key.BatchResult;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.Rejection;
import io.thalweg.v1.Series;
import java.util.ArrayDeque;
import java.util.List;

/**
 * A node's end of a client's call: does what the edge does. Answers go in the order of the
 * requests; after one that was given up the call ends, and nothing that came later is taken.
 */
final class Call {

  /** A request on its way: counts the keys that have yet to answer. */
  final class Ticket {
    private final IngestRequest request;
    private final IngestResponse.Builder response;
    private int outstanding;
    private boolean unavailable;

    private Ticket(IngestRequest request) {
      this.request = request;
      this.outstanding = request.getSeriesCount();
      this.response = IngestResponse.newBuilder().setSequence(request.getSequence());
    }

    void answer(int series, BatchResult result) {
      switch (result) {
        case BatchResult.Counted counted ->
            response.setRecorded(response.getRecorded() + counted.samples());
        case BatchResult.Duplicate known ->
            response.setDuplicate(response.getDuplicate() + known.samples());
        case BatchResult.Stale stale -> reject(series, Code.OUT_OF_RANGE);
        case BatchResult.TooManyProducers many -> reject(series, Code.RESOURCE_EXHAUSTED);
      }
      outstanding--;
      flush();
    }

    private void reject(int series, Code code) {
      response.addRejections(Rejection.newBuilder().setSeriesIndex(series).setCode(code));
    }

    void giveUp() {
      unavailable = true;
      givenUp = true;
      flush();
    }
  }

  private final Node node;
  private final Stream stream;
  private final ArrayDeque<Ticket> open = new ArrayDeque<>();
  private boolean givenUp;
  private boolean over;

  Call(Node node, Stream stream) {
    this.node = node;
    this.stream = stream;
  }

  void requested(IngestRequest request) {
    if (over) {
      return;
    }
    Ticket ticket = new Ticket(request);
    open.add(ticket);
    if (givenUp) {
      ticket.giveUp();
      return;
    }
    List<Series> all = request.getSeriesList();
    for (int i = 0; i < all.size(); i++) {
      node.lanes().add(id(all.get(i)), ticket, i, batch(ticket.request, all.get(i)));
    }
    node.lanes().dispatch();
  }

  private void flush() {
    while (!over && !open.isEmpty()) {
      Ticket first = open.element();
      if (first.unavailable) {
        over = true;
        stream.ends(Status.UNAVAILABLE.withDescription("a key has not confirmed"));
      } else if (first.outstanding > 0) {
        return;
      } else {
        open.remove();
        stream.answers(first.response.build());
      }
    }
  }

  private static String id(Series series) {
    return Plan.STREAM + '/' + series.getKey();
  }

  static KeyBatch batch(IngestRequest request, Series series) {
    return new KeyBatch(
        request.getProducerId(),
        request.getSequence(),
        series.getTimeUnixNanoList().stream().mapToLong(Long::longValue).toArray(),
        series.getValuesList().stream().mapToDouble(Double::doubleValue).toArray());
  }
}
