package io.thalweg.journal;

import io.thalweg.domain.window.Emission;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import io.thalweg.journal.v1.StreamDefinition.EveryBatch;
import io.thalweg.journal.v1.StreamDefinition.Hopping;
import io.thalweg.journal.v1.StreamDefinition.Session;
import io.thalweg.journal.v1.StreamDefinition.Total;
import io.thalweg.journal.v1.StreamDefinition.Tumbling;

/** Definitions of windows in the journal's messages. */
final class WindowCodec {
  private WindowCodec() {}

  static io.thalweg.journal.v1.StreamDefinition.NamedWindow encode(NamedWindow window) {
    io.thalweg.journal.v1.StreamDefinition.NamedWindow.Builder message =
        io.thalweg.journal.v1.StreamDefinition.NamedWindow.newBuilder().setName(window.name());
    switch (window.definition()) {
      case WindowDefinition.Tumbling w ->
          message.setTumbling(
              Tumbling.newBuilder().setSize(w.sizeNanos()).setOffset(w.offsetNanos()));
      case WindowDefinition.Hopping w ->
          message.setHopping(
              Hopping.newBuilder()
                  .setSize(w.sizeNanos())
                  .setSlide(w.slideNanos())
                  .setOffset(w.offsetNanos()));
      case WindowDefinition.Session w ->
          message.setSession(Session.newBuilder().setGap(w.gapNanos()));
      case WindowDefinition.TumblingCount w -> message.setTumblingCount(w.size());
      case WindowDefinition.SlidingCount w -> message.setSlidingCount(w.size());
      case WindowDefinition.Total w -> message.setTotal(Total.getDefaultInstance());
    }
    switch (window.emission()) {
      case Emission.OnClose onClose -> {}
      case Emission.Every every -> message.setEvery(every.nanos());
      case Emission.EveryBatch every -> message.setEveryBatch(EveryBatch.getDefaultInstance());
    }
    return message.build();
  }

  static NamedWindow decode(io.thalweg.journal.v1.StreamDefinition.NamedWindow message) {
    return new NamedWindow(message.getName(), definition(message), emission(message));
  }

  private static WindowDefinition definition(
      io.thalweg.journal.v1.StreamDefinition.NamedWindow message) {
    return switch (message.getKindCase()) {
      case TUMBLING ->
          new WindowDefinition.Tumbling(
              message.getTumbling().getSize(), message.getTumbling().getOffset());
      case HOPPING ->
          new WindowDefinition.Hopping(
              message.getHopping().getSize(),
              message.getHopping().getSlide(),
              message.getHopping().getOffset());
      case SESSION -> new WindowDefinition.Session(message.getSession().getGap());
      case TUMBLING_COUNT -> new WindowDefinition.TumblingCount(message.getTumblingCount());
      case SLIDING_COUNT -> new WindowDefinition.SlidingCount(message.getSlidingCount());
      case TOTAL -> new WindowDefinition.Total();
      case KIND_NOT_SET ->
          throw new IllegalArgumentException(
              "the window '" + message.getName() + "' is of no kind that is known here");
    };
  }

  private static Emission emission(io.thalweg.journal.v1.StreamDefinition.NamedWindow message) {
    return switch (message.getEmissionCase()) {
      case EVERY -> new Emission.Every(message.getEvery());
      case EVERY_BATCH -> Emission.EveryBatch.INSTANCE;
      case EMISSION_NOT_SET -> Emission.OnClose.INSTANCE;
    };
  }
}
