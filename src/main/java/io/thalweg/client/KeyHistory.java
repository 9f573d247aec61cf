package io.thalweg.client;

import io.grpc.Channel;
import io.thalweg.v1.QueryServiceGrpc;
import io.thalweg.v1.ReadHistoryRequest;
import io.thalweg.v1.Update;
import java.util.Iterator;

/** One key, from the journal. */
final class KeyHistory implements Feed {
  private final ReadHistoryRequest request;
  private final ResumePoint point;

  KeyHistory(ReadHistoryRequest request) {
    this.request = request;
    this.point = new ResumePoint(Math.max(0, request.getFromVersion() - 1));
  }

  @Override
  public Iterator<Update> open(Channel channel) {
    return QueryServiceGrpc.newBlockingStub(channel)
        .readHistory(request.toBuilder().setFromVersion(point.reopen() + 1).build());
  }

  @Override
  public boolean accept(Update update) {
    return point.accept(update);
  }

  @Override
  public boolean resumes() {
    return true;
  }

  @Override
  public boolean ends() {
    return true;
  }

  @Override
  public String describe() {
    return "read the history of key " + request.getKey() + " of stream " + request.getStream();
  }
}
