package io.thalweg.cli.nab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelledSeriesTest {

  @ParameterizedTest
  @CsvSource({"0, 0", "6, 0", "7, 1", "4032, 604", "4999, 749", "5000, 750", "18050, 750"})
  void fifteenPercentOfTheRowsUpTo750AreProbation(int rows, int probation) {
    assertThat(Labelled.series(rows).probation()).isEqualTo(probation);
  }

  @Test
  void windowsAreInOrderWhateverTheLabelsOrder() {
    LabelledSeries series =
        Labelled.series(100, new LabelledWindow(60, 69), new LabelledWindow(20, 29));
    assertThat(series.windows()).extracting(LabelledWindow::first).containsExactly(20, 60);
    assertThat(series.windowAt(29)).contains(new LabelledWindow(20, 29));
    assertThat(series.windowAt(30)).isEmpty();
  }

  @Test
  void windowsLieWithinTheRowsAndNoneWithinAnother() {
    assertThatThrownBy(() -> Labelled.series(100, new LabelledWindow(95, 100)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> Labelled.series(100, new LabelledWindow(10, 20), new LabelledWindow(20, 30)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LabelledWindow(5, 4)).hasMessageContaining("5, 4");
  }
}
