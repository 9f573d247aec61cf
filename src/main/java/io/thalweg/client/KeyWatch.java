package io.thalweg.client;

import io.grpc.Channel;
import io.thalweg.v1.QueryServiceGrpc;
import io.thalweg.v1.Update;
import io.thalweg.v1.WatchRequest;
import java.util.Iterator;

/** One key, live, from a version on. */
final class KeyWatch implements Feed {
  private final WatchRequest request;
  private final ResumePoint point;

  KeyWatch(WatchRequest request, long afterVersion) {
    this.request = request;
    this.point = new ResumePoint(afterVersion);
  }

  @Override
  public Iterator<Update> open(Channel channel) {
    return QueryServiceGrpc.newBlockingStub(channel)
        .watch(request.toBuilder().setAfterVersion(point.reopen()).build());
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
    return false;
  }

  @Override
  public String describe() {
    return "watch key " + request.getKey() + " of stream " + request.getStream();
  }
}
