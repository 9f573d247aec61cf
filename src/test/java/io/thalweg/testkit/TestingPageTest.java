package io.thalweg.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The site's page on testing shows code that compiles and passes. */
final class TestingPageTest {
  private static final Path PAGE = Path.of("src/site/markdown/testing.md");
  private static final Path EXAMPLE =
      Path.of("src/test/java/io/thalweg/testkit/PumpStreamTest.java");

  @Test
  void thePageShowsTheExampleThatRuns() throws IOException {
    String example = Files.readString(EXAMPLE).split("// example\n", 2)[1];
    assertThat(Files.readString(PAGE)).contains("```java\n" + example + "```\n");
  }
}
