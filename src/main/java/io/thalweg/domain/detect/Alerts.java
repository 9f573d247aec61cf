package io.thalweg.domain.detect;

/**
 * Which surprises become alerts. Not every one: after an alert there is none for a while, unless it
 * is much stronger, because what follows is mostly the same event; and a key that alarms often has
 * to surprise more each time, because its surprises are less worth. That is forgotten with time.
 */
final class Alerts {
  /** How many numbers they are stored as. */
  static final int NUMBERS = 4;

  private final DetectorDefinition.Surprise definition;

  /** What is left of an alert after one sample. */
  private final double decay;

  /** How many alerts there were, those long ago counted less. */
  private double remembered;

  private boolean alerted;
  private double lastAt;
  private double lastSurprise;

  Alerts(DetectorDefinition.Surprise definition, Cursor from) {
    this.definition = definition;
    decay = StrictMath.exp(-1.0 / definition.habituationSamples());
    remembered = from.next();
    alerted = from.next() != 0;
    lastAt = from.next();
    lastSurprise = from.next();
  }

  void store(Cursor to) {
    to.put(remembered);
    to.put(alerted ? 1 : 0);
    to.put(lastAt);
    to.put(lastSurprise);
  }

  /** The surprise from which on there would be an alert now. */
  double threshold() {
    return definition.threshold() + definition.habituation() * remembered;
  }

  /**
   * Whether a sample raises an alert. To be asked of each sample, once.
   *
   * @param count how many samples came before it
   */
  boolean raise(double surprise, long count) {
    boolean raised =
        surprise >= threshold() && count >= definition.warmUpSamples() && isDue(surprise, count);
    if (raised) {
      remembered++;
      alerted = true;
      lastAt = count;
      lastSurprise = surprise;
    }
    remembered *= decay;
    return raised;
  }

  private boolean isDue(double surprise, long count) {
    return !alerted
        || count - lastAt >= definition.refractorySamples()
        || surprise >= lastSurprise + definition.override();
  }
}
