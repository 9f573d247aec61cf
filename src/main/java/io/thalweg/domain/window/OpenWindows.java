package io.thalweg.domain.window;

import io.thalweg.domain.stats.Aggregate;
import io.thalweg.domain.stats.Summary;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * Tells what is in open windows: each suffix of the settled slices is summed up once, so that many
 * windows cost little more than one.
 */
record OpenWindows(
    Slicing slicing,
    WindowSetup setup,
    SliceBuffer settled,
    int head,
    int tail,
    List<LiveSlice> pending) {

  /** Shows those windows that hold samples and whose number is wanted, oldest first. */
  void forEach(long firstOpen, LongPredicate wanted, Consumer<Window> consumer) {
    double centre = centre();
    SliceStack suffixes = new SliceStack(setup.statistics());
    suffixes.fill(settled, head, tail, centre);
    SliceSum sum = new SliceSum(setup.statistics());
    int slot = head;
    int next = 0;
    long number = firstOpen;
    while (slot < tail || next < pending.size()) {
      long oldest = slot < tail ? settled.number(slot) : pending.get(next).number();
      number = Math.max(number, oldest - slicing.panes() + 1);
      if (wanted.test(number)) {
        sum.reset(centre);
        sum.add(suffixes, tail - slot);
        addPending(sum, next, number + slicing.panes());
        if (sum.isCentreOutside()) {
          sumAnew(sum, slot, next, number + slicing.panes());
        }
        consumer.accept(window(slicing, setup, number, false, sum));
      }
      number++;
      while (slot < tail && settled.number(slot) < number) {
        slot++;
      }
      while (next < pending.size() && pending.get(next).number() < number) {
        next++;
      }
    }
  }

  static Window window(
      Slicing slicing, WindowSetup setup, long number, boolean closed, SliceSum sum) {
    double rate = sum.countAsDouble() / slicing.sizeSeconds();
    Summary summary = Aggregate.with(sum.summary(), sum.extras(), setup.statistics(), rate);
    return new Window(
        setup.name(), slicing.startOf(number), slicing.endOf(number), closed, 0, summary);
  }

  /** A closed window, told again. */
  static Window window(
      Slicing slicing, WindowSetup setup, long number, int revision, Summary summary) {
    return new Window(
        setup.name(), slicing.startOf(number), slicing.endOf(number), true, revision, summary);
  }

  /** Around a value of its own. */
  private void sumAnew(SliceSum sum, int slot, int next, long below) {
    sum.reset(
        slot < tail
            ? SliceStore.centre(settled, slot, tail)
            : pending.get(next).fold().total().centre());
    for (int i = slot; i < tail; i++) {
      sum.add(settled, i);
    }
    addPending(sum, next, below);
  }

  private void addPending(SliceSum sum, int from, long below) {
    for (int i = from; i < pending.size() && pending.get(i).number() < below; i++) {
      sum.add(pending.get(i));
    }
  }

  private double centre() {
    if (head < tail) {
      return SliceStore.centre(settled, head, tail);
    }
    return pending.isEmpty() ? 0 : pending.getFirst().fold().total().centre();
  }
}
