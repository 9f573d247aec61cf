package io.thalweg.client;

import io.grpc.Status;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The engine of a {@link Producer}: one window of unacknowledged batches, and at most one call that
 * carries it.
 *
 * <p>Senders, gRPC's callbacks and the timer meet under one lock. What ends a caller's wait
 * (futures) is collected under the lock and done after it, so that no foreign code runs inside. A
 * callback of a call that is no longer the current one is ignored: its batches were rewound when it
 * was given up, and their answers come again on the next.
 */
final class Delivery implements IngestCall.Listener {

  private record RoomWaiter(int samples, CompletableFuture<Void> room) {}

  private final ProducerSettings settings;
  private final Wire wire;
  private final Backoff backoff;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Unacknowledged unacknowledged;
  private final List<RoomWaiter> roomWaiters = new ArrayList<>();
  private final List<Runnable> afterUnlock = new ArrayList<>();
  private long nextSequence;
  private long progressAtNanos;
  private boolean retryIsDue;
  private @Nullable IngestCall call;
  private @Nullable ThalwegException failure;

  Delivery(ProducerSettings settings, Wire wire) {
    this.settings = settings;
    this.wire = wire;
    this.backoff = wire.newBackoff();
    this.unacknowledged =
        new Unacknowledged(settings.batchesInFlightMax(), settings.samplesInFlightMax());
    this.nextSequence = settings.firstSequence();
  }

  CompletableFuture<IngestResponse> put(List<Series> series) throws InterruptedException {
    EncodedSeries batch = EncodedSeries.of(series);
    lock.lockInterruptibly();
    try {
      requireUsable();
      while (!unacknowledged.hasRoomFor(batch.samples())) {
        changed.await();
        requireUsable();
      }
      return add(batch);
    } finally {
      unlock();
    }
  }

  Optional<CompletableFuture<IngestResponse>> offer(List<Series> series) {
    int samples = EncodedSeries.samplesOf(series);
    lock.lock();
    try {
      requireUsable();
      return unacknowledged.hasRoomFor(samples)
          ? Optional.of(add(EncodedSeries.of(series)))
          : Optional.empty();
    } finally {
      unlock();
    }
  }

  CompletableFuture<Void> whenRoom(int samples) {
    CompletableFuture<Void> room = new CompletableFuture<>();
    lock.lock();
    try {
      requireUsable();
      roomWaiters.add(new RoomWaiter(samples, room));
      tellOfRoom();
    } finally {
      unlock();
    }
    return room;
  }

  long nextSequence() {
    lock.lock();
    try {
      return nextSequence;
    } finally {
      unlock();
    }
  }

  void drain() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (failure == null && !unacknowledged.isEmpty()) {
        changed.await();
      }
      requireUsable();
    } finally {
      unlock();
    }
  }

  /** Gives up what is open; returns why, for the caller to throw. */
  ThalwegException abort(String why) {
    lock.lock();
    try {
      return fail(new ThalwegException(Status.Code.CANCELLED, describe() + ": " + why));
    } finally {
      unlock();
    }
  }

  /** Takes no more. What is open, if anything, has failed before. */
  void end() {
    lock.lock();
    try {
      if (call != null) {
        call.halfClose();
        call = null;
      }
      fail(new ThalwegException(Status.Code.CANCELLED, describe() + " is closed"));
    } finally {
      unlock();
    }
  }

  @Override
  public void ready(IngestCall from) {
    lock.lock();
    try {
      if (from == call) {
        pump();
      }
    } finally {
      unlock();
    }
  }

  @Override
  public void answered(IngestCall from, IngestResponse response) {
    lock.lock();
    try {
      if (from != call) {
        return;
      }
      unacknowledged
          .acknowledge(response)
          .ifPresentOrElse(batch -> succeed(batch, response), () -> refuse(response));
    } finally {
      unlock();
    }
  }

  @Override
  public void ended(IngestCall from, CallFailure why) {
    lock.lock();
    try {
      if (from == call) {
        lose(from, why);
      }
    } finally {
      unlock();
    }
  }

  private CompletableFuture<IngestResponse> add(EncodedSeries batch) {
    EncodedRequest request =
        EncodedRequest.of(settings.stream(), settings.producerId(), nextSequence, batch);
    BatchBuilder.requireWithinLimit(request);
    nextSequence++;
    if (unacknowledged.isEmpty()) {
      progressAtNanos = wire.time().nanoTime();
    }
    CompletableFuture<IngestResponse> answer = new CompletableFuture<>();
    unacknowledged.add(new Unacknowledged.Pending(request, batch.samples(), answer));
    pump();
    return answer;
  }

  /** Puts on the wire what it takes; opens one if there is none. */
  private void pump() {
    if (call == null && !retryIsDue && unacknowledged.hasWaiting()) {
      IngestCall opened = IngestCall.open(wire.connections().current(), this);
      call = opened;
      checkProgressAfter(wire.retries().attemptTimeout(), opened);
    }
    IngestCall current = call;
    while (current != null && current.isReady() && unacknowledged.hasWaiting()) {
      unacknowledged.next().ifPresent(current::send);
    }
  }

  private void succeed(Unacknowledged.Pending batch, IngestResponse response) {
    progressAtNanos = wire.time().nanoTime();
    backoff.succeeded();
    afterUnlock.add(() -> batch.answer().complete(response));
    changed.signalAll();
    tellOfRoom();
  }

  private void refuse(IngestResponse response) {
    String what = describe() + ": the server answered batch " + response.getSequence();
    fail(new ThalwegException(Status.Code.INTERNAL, what + ", which is not the oldest open one"));
  }

  private void lose(IngestCall lost, CallFailure why) {
    call = null;
    unacknowledged.rewind();
    if (!why.isTransient()) {
      fail(why.toException(describe()));
      return;
    }
    wire.connections().failed(lost.connection());
    if (!unacknowledged.isEmpty()) {
      backoff
          .afterFailure(why, stalled())
          .ifPresentOrElse(this::retryAfter, () -> fail(why.toException(gaveUp())));
    }
  }

  private void retryAfter(Duration wait) {
    retryIsDue = true;
    wire.time().schedule(wait, this::retry);
  }

  private void retry() {
    lock.lock();
    try {
      retryIsDue = false;
      if (failure == null) {
        pump();
      }
    } finally {
      unlock();
    }
  }

  private void checkProgressAfter(Duration delay, IngestCall of) {
    wire.time().schedule(delay, () -> checkProgress(of));
  }

  /** A call that hangs, whatever it hangs on, is given up like a lost one. */
  private void checkProgress(IngestCall of) {
    Duration timeout = wire.retries().attemptTimeout();
    lock.lock();
    try {
      if (of != call) {
        return;
      }
      Duration left = unacknowledged.isEmpty() ? timeout : timeout.minus(stalled());
      if (left.isPositive()) {
        checkProgressAfter(left, of);
      } else {
        String why = "no acknowledgement for " + timeout.toMillis() + " ms";
        lose(of, CallFailure.unavailable(why));
        of.cancel(why);
      }
    } finally {
      unlock();
    }
  }

  private ThalwegException fail(ThalwegException why) {
    if (failure != null) {
      return failure;
    }
    failure = why;
    IngestCall open = call;
    call = null;
    if (open != null) {
      open.cancel("the producer has failed");
    }
    unacknowledged
        .clear()
        .forEach(batch -> afterUnlock.add(() -> batch.answer().completeExceptionally(why)));
    roomWaiters.forEach(w -> afterUnlock.add(() -> w.room().completeExceptionally(why)));
    roomWaiters.clear();
    changed.signalAll();
    return why;
  }

  private void tellOfRoom() {
    for (Iterator<RoomWaiter> waiters = roomWaiters.iterator(); waiters.hasNext(); ) {
      RoomWaiter waiter = waiters.next();
      if (unacknowledged.hasRoomFor(waiter.samples())) {
        waiters.remove();
        afterUnlock.add(() -> waiter.room().complete(null));
      }
    }
  }

  private void requireUsable() {
    if (failure != null) {
      throw failure.again();
    }
  }

  private Duration stalled() {
    return Duration.ofNanos(wire.time().nanoTime() - progressAtNanos);
  }

  private String gaveUp() {
    return describe()
        + " gave up after "
        + stalled().toMillis()
        + " ms without progress, "
        + unacknowledged.size()
        + " batches open";
  }

  private String describe() {
    return "producer " + settings.producerId() + " of stream " + settings.stream();
  }

  private void unlock() {
    List<Runnable> todo = List.copyOf(afterUnlock);
    afterUnlock.clear();
    lock.unlock();
    todo.forEach(Runnable::run);
  }
}
