package io.thalweg.client;

import io.grpc.Channel;
import io.thalweg.v1.QueryServiceGrpc;
import io.thalweg.v1.Update;
import io.thalweg.v1.WatchRequest;
import java.util.Iterator;

/** Many keys, live. There is no version to resume them by. */
final class KeysWatch implements Feed {
  private final WatchRequest request;
  private boolean begun;

  KeysWatch(WatchRequest request) {
    this.request = request;
  }

  @Override
  public Iterator<Update> open(Channel channel) {
    return QueryServiceGrpc.newBlockingStub(channel).watch(request);
  }

  @Override
  public boolean accept(Update update) {
    begun = true;
    return true;
  }

  @Override
  public boolean resumes() {
    return !begun;
  }

  @Override
  public boolean ends() {
    return false;
  }

  @Override
  public String describe() {
    return "watch keys '" + request.getPrefix() + "*' of stream " + request.getStream();
  }
}
