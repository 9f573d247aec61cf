package io.thalweg.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.v1.KeyState;
import io.thalweg.v1.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is right passes, and whatever is not is found: a check that can't fail checks nothing. */
class ResultCheckTest {
  private static final int KEYS = 13;
  private static final int SPOILT = 7;
  private static final long SAMPLES = 200;

  private final KeyNames names = new KeyNames("key-", KEYS);

  static Stream<Workload> workloads() {
    return Stream.of(new CountWorkload(100), new TimeWorkload(60));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void whatKeysComeToIsKnownWithoutThem(Workload workload) throws InterruptedException {
    DrivenResults results = new DrivenResults(workload);
    long[] counts = new long[KEYS];
    for (int key = 0; key < KEYS; key++) {
      counts[key] = key < KEYS - 1 ? key : 2_000;
      for (long index = 0; index < counts[key]; index++) {
        results.count(names.of(key), key, index);
      }
    }
    Findings findings = check(workload, counts, results, Long.MAX_VALUE);
    assertThat(findings.complaints()).isEmpty();
    assertThat(findings.isClean()).isTrue();
    assertThat(findings.keys()).isEqualTo(KEYS - 1); // the first has had no sample
    assertThat(findings.samples()).isEqualTo(2_066);
    assertThat(findings.samplesPerEvent()).isEqualTo(1);
  }

  @Test
  void everyWindowThatHasClosedIsChecked() throws InterruptedException {
    DrivenResults results = new DrivenResults(new TimeWorkload(60));
    long[] counts = fill(results, key -> 201);
    Findings findings = check(new TimeWorkload(60), counts, results, Long.MAX_VALUE);
    // The newest sample is of second 200; windows that end by 198 have closed, the first one at 1.
    assertThat(findings.windows()).isEqualTo(KEYS * 198);
  }

  @Test
  void noMoreWindowsAreReadThanAllowed() throws InterruptedException {
    DrivenResults results = new DrivenResults(new TimeWorkload(60));
    long[] counts = fill(results, key -> SAMPLES);
    Findings findings = check(new TimeWorkload(60), counts, results, 500);
    assertThat(findings.windows()).isEqualTo(500);
    assertThat(findings.keys()).isEqualTo(KEYS);
    assertThat(findings.isClean()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void aLostSampleIsReported(Workload workload) throws InterruptedException {
    Findings findings = spoil(workload, index -> index == 150 ? 0 : 1);
    assertThat(findings.lost()).isEqualTo(1);
    assertThat(findings.doubled()).isZero();
    assertThat(findings.complaints())
        .containsExactly("key-7: counts 199 samples where 200 were acknowledged");
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void aDoubledSampleIsReported(Workload workload) throws InterruptedException {
    Findings findings = spoil(workload, index -> index == 3 ? 2 : 1);
    assertThat(findings.doubled()).isEqualTo(1);
    assertThat(findings.lost()).isZero();
    assertThat(findings.isClean()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void oneLostAndOneDoubledDoNotMakeItRight(Workload workload) throws InterruptedException {
    Findings findings = spoil(workload, index -> index == 3 ? 2 : index == 4 ? 0 : 1);
    assertThat(findings.wrong()).isPositive();
    assertThat(findings.complaints()).anyMatch(c -> c.startsWith("key-7: total: sum"));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void aKeyThatIsNotKnownIsLost(Workload workload) throws InterruptedException {
    DrivenResults results = new DrivenResults(workload);
    Findings findings = check(workload, new long[] {3}, results, Long.MAX_VALUE);
    assertThat(findings.lost()).isEqualTo(3);
  }

  @Test
  void anotherOrderIsFoundInTheLastWindow() throws InterruptedException {
    CountWorkload workload = new CountWorkload(100);
    DrivenResults results = new DrivenResults(workload);
    for (long index = 0; index < SAMPLES; index++) {
      long swapped = index == 50 ? 150 : index == 150 ? 50 : index;
      results.count("key-0", workload.timeNanos(0, index), workload.value(0, swapped));
    }
    Findings findings = check(workload, new long[] {SAMPLES}, results, Long.MAX_VALUE);
    assertThat(findings.wrong()).isEqualTo(1);
    assertThat(findings.complaints()).singleElement().asString().startsWith("key-0: window: sum");
  }

  @Test
  void aWindowThatTheJournalDoesNotHaveIsMissed() throws InterruptedException {
    TimeWorkload workload = new TimeWorkload(60);
    DrivenResults results = new DrivenResults(workload);
    long[] counts = fill(results, key -> SAMPLES);
    Findings findings = check(workload, counts, new WithoutFirstWindow(results), Long.MAX_VALUE);
    assertThat(findings.wrong()).isGreaterThanOrEqualTo(KEYS);
    assertThat(findings.complaints()).hasSize(Findings.COMPLAINTS_MAX);
  }

  @Test
  void noSampleIsAnAnomalyWhateverTheWindow() throws InterruptedException {
    for (int size : new int[] {30, 31, 50, 100, 997, 1_500}) {
      CountWorkload workload = new CountWorkload(size);
      DrivenResults results = new DrivenResults(workload);
      for (long index = 0; index < 3_000; index++) {
        results.count("key-0", 0, index);
      }
      assertThat(results.state("key-0").orElseThrow().getAnomalies()).isZero();
      assertThat(check(workload, new long[] {3_000}, results, 0).isClean()).isTrue();
    }
  }

  /** How often a key's sample is counted. */
  private interface Times {
    int of(long index);
  }

  private interface Counts {
    long of(int key);
  }

  private long[] fill(DrivenResults results, Counts counts) {
    long[] all = new long[KEYS];
    for (int key = 0; key < KEYS; key++) {
      all[key] = counts.of(key);
      for (long index = 0; index < all[key]; index++) {
        results.count(names.of(key), key, index);
      }
    }
    return all;
  }

  private Findings spoil(Workload workload, Times spoilt) throws InterruptedException {
    DrivenResults results = new DrivenResults(workload);
    long[] counts = fill(results, key -> key == SPOILT ? 0 : SAMPLES);
    counts[SPOILT] = SAMPLES;
    for (long index = 0; index < SAMPLES; index++) {
      for (int time = 0; time < spoilt.of(index); time++) {
        results.count(names.of(SPOILT), SPOILT, index);
      }
    }
    return check(workload, counts, results, Long.MAX_VALUE);
  }

  private Findings check(Workload workload, long[] counts, Results results, long windowsMax)
      throws InterruptedException {
    return new ResultCheck(workload, names, counts, results, windowsMax, ResultCheck.FEW).run();
  }

  /** Leaves out the first window that has closed of each key. */
  private record WithoutFirstWindow(Results all) implements Results {
    @Override
    public Optional<KeyState> state(String key) {
      return all.state(key);
    }

    @Override
    public void closedWindows(String key, long limit, Consumer<Window> each) {
      List<Window> windows = new ArrayList<>();
      all.closedWindows(key, limit, windows::add);
      windows.stream().skip(1).forEach(each);
    }
  }
}
