package io.thalweg.domain.window;

import io.thalweg.domain.stats.Aggregate;
import io.thalweg.domain.stats.LiveSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Moves {@link Sessions} on. */
final class SessionFold implements WindowFold {
  private final WindowSetup setup;
  private final long gapNanos;
  private final WindowListener listener;
  private final List<LiveSession> sessions = new ArrayList<>(2);
  private long watermarkNanos;
  private Optional<Window> lastClosed;

  /** Which sessions the sample joins: from {@link #at}, so many of them. */
  private int at;

  private int joined;

  SessionFold(Sessions from, WindowListener listener) {
    this.listener = listener;
    setup = from.setup();
    gapNanos = from.gapNanos();
    watermarkNanos = from.state().watermarkNanos();
    lastClosed = from.state().lastClosed();
    for (WindowSnapshot.Session session : from.state().sessions()) {
      sessions.add(new LiveSession(session, setup.statistics()));
    }
  }

  @Override
  public boolean open(long timeNanos) {
    at = sessions.size();
    while (at > 0 && isNotAfter(timeNanos, sessions.get(at - 1))) {
      at--;
    }
    joined = 0;
    while (at + joined < sessions.size() && isNear(timeNanos, sessions.get(at + joined))) {
      joined++;
    }
    return joined > 0 || !isGone(timeNanos);
  }

  @Override
  public LiveSummary before() {
    return joined == 0
        ? Aggregate.EMPTY.fold(setup.statistics())
        : sessions.get(at + joined - 1).fold();
  }

  @Override
  public void add(long timeNanos, double value) {
    if (joined == 0) {
      sessions.add(at, new LiveSession(timeNanos, setup.statistics()));
    } else if (joined == 2) {
      sessions.get(at).join(sessions.remove(at + 1));
    }
    LiveSession session = sessions.get(at);
    session.add(timeNanos, value);
    if (end(session) <= watermarkNanos) {
      tellClosed(session);
    }
  }

  @Override
  public void advance(long watermark) {
    if (watermark <= watermarkNanos) {
      return;
    }
    long before = watermarkNanos;
    watermarkNanos = watermark;
    int gone = 0;
    for (LiveSession session : sessions) {
      if (end(session) > watermark) {
        break;
      }
      if (end(session) > before) {
        tellClosed(session);
      }
      gone += isGone(session.lastNanos()) ? 1 : 0;
    }
    sessions.subList(0, gone).clear();
  }

  @Override
  public void closeAll() {
    if (!sessions.isEmpty()) {
      advance(end(sessions.getLast()));
    }
  }

  @Override
  public void update(boolean changed) {
    for (LiveSession session : sessions) {
      if (end(session) > watermarkNanos && (session.isTouched() || !changed)) {
        listener.updated(window(session, false));
      }
    }
  }

  @Override
  public Sessions freeze() {
    List<WindowSnapshot.Session> frozen = new ArrayList<>(sessions.size());
    sessions.forEach(session -> frozen.add(session.freeze()));
    return new Sessions(
        setup, gapNanos, new WindowSnapshot.Sessions(watermarkNanos, frozen, lastClosed));
  }

  private void tellClosed(LiveSession session) {
    Window window = window(session, true);
    session.told();
    if (lastClosed.isEmpty() || lastClosed.get().endNanos() <= window.endNanos()) {
      lastClosed = Optional.of(window);
    }
    listener.closed(window);
  }

  private Window window(LiveSession session, boolean closed) {
    return Sessions.window(
        setup,
        session.firstNanos(),
        end(session),
        closed,
        closed ? session.timesTold() : 0,
        session.aggregate());
  }

  private long end(LiveSession session) {
    return Sessions.end(session.lastNanos(), gapNanos);
  }

  /** Whether a session that ended with a sample at this time can't change any more. */
  private boolean isGone(long lastNanos) {
    return Sessions.end(Sessions.end(lastNanos, gapNanos), setup.allowedLatenessNanos())
        <= watermarkNanos;
  }

  private boolean isNotAfter(long timeNanos, LiveSession session) {
    return timeNanos < end(session);
  }

  private boolean isNear(long timeNanos, LiveSession session) {
    return timeNanos < end(session) && session.firstNanos() < Sessions.end(timeNanos, gapNanos);
  }
}
