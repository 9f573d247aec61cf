package io.thalweg.cli.nab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.cli.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NabFolderTest {
  private static final String ROWS =
      """
      timestamp,value
      2014-04-01 00:00:00,1
      2014-04-01 00:05:00,2.5
      2014-04-01 00:05:00,3
      2014-04-01 00:10:00,4
      """;

  @TempDir Path folder;

  @Test
  void seriesAndWindowsAreReadInUtc() throws IOException {
    write("data/b/two.csv", ROWS);
    write("data/a/one.csv", ROWS);
    labels("{'b/two.csv': [], 'a/one.csv': [" + window("00:05:00.000000", "00:10:00") + "]}");
    List<LabelledSeries> all = new NabFolder(folder).read();
    assertThat(all).extracting(LabelledSeries::path).containsExactly("a/one", "b/two");
    assertThat(all.getFirst().samples().values()).containsExactly(1, 2.5, 3, 4);
    assertThat(all.getFirst().samples().timesNanos()[0]).isEqualTo(1_396_310_400_000_000_000L);
    assertThat(all.getFirst().windows()).containsExactly(new LabelledWindow(1, 3));
    assertThat(all.getLast().windows()).isEmpty();
  }

  /** The benchmark leaves a window at the first row with its last time. */
  @Test
  void ofRowsWithTheSameTimeTheFirstIsMeant() throws IOException {
    write("data/a/one.csv", ROWS);
    labels("{'a/one.csv': [" + window("00:00:00", "00:05:00") + "]}");
    assertThat(new NabFolder(folder).read().getFirst().windows())
        .containsExactly(new LabelledWindow(0, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1]|no object with the windows of each file",
        "{}|names no series",
        "{|is not JSON",
        "{'one.csv': []}|one.csv: is not of the form folder/name.csv",
        "{'../a/one.csv': []}|is not of the form folder/name.csv",
        "{'a/one.csv': [['2014-04-01 00:01:00', '2014-04-01 00:05:00']]}|begins or ends at 2014-04-01 00:01:00",
        "{'a/one.csv': [['2014-04-01 00:10:00', '2014-04-01 00:05:00']]}|not after its last: 3, 1",
        "{'a/one.csv': [['noon', 'night']]}|'noon' is not a time",
      },
      quoteCharacter = '`')
  void whatCannotBeUnderstoodIsNamed(String labels, String reason) throws IOException {
    write("data/a/one.csv", ROWS);
    labels(labels);
    assertThatThrownBy(() -> new NabFolder(folder).read())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("combined_windows.json")
        .hasMessageContaining(reason);
  }

  @Test
  void whatIsMissingOrMalformedIsNamed() throws IOException {
    assertThatThrownBy(() -> new NabFolder(folder).read())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("there is no");
    labels("{'a/one.csv': []}");
    assertThatThrownBy(() -> new NabFolder(folder).read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("one.csv");
    write("data/a/one.csv", ROWS + "2014-04-01 00:15:00,much\n");
    assertThatThrownBy(() -> new NabFolder(folder).read())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("one.csv:6: value 'much' is not a number");
  }

  private void labels(String json) throws IOException {
    write("labels/combined_windows.json", json.replace('\'', '"'));
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static String window(String first, String last) {
    return "['2014-04-01 " + first + "', '2014-04-01 " + last + "']";
  }
}
