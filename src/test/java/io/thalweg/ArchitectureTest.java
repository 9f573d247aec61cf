package io.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds the program to {@link Architecture}. A rule that nothing can break protects nothing: the
 * package {@code forbidden} has the program's packages once more, each breaking its rules.
 */
class ArchitectureTest {
  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.thalweg");
  private static final JavaClasses FORBIDDEN =
      new ClassFileImporter().importPackages("io.thalweg.forbidden");

  @TestFactory
  Stream<DynamicTest> programKeeps() {
    return new Architecture("io.thalweg")
        .rules().entrySet().stream()
            .map(
                rule ->
                    DynamicTest.dynamicTest(
                        rule.getKey(),
                        () ->
                            assertThatCode(() -> rule.getValue().check(PROGRAM))
                                .doesNotThrowAnyException()));
  }

  @TestFactory
  Stream<DynamicTest> examplesBreak() {
    return new Architecture("io.thalweg.forbidden")
        .rules().entrySet().stream()
            .map(
                rule ->
                    DynamicTest.dynamicTest(
                        rule.getKey(),
                        () ->
                            assertThat(rule.getValue().evaluate(FORBIDDEN).hasViolation())
                                .isTrue()));
  }

  @Test
  void clockAndChanceAreFoundInCallsAndReferences() {
    String violations =
        String.join(
            "\n",
            Objects.requireNonNull(
                    new Architecture("io.thalweg.forbidden")
                        .rules()
                        .get("time and chance are injected"))
                .evaluate(FORBIDDEN)
                .getFailureReport()
                .getDetails());

    assertThat(violations).contains("Instant.now()", "System.nanoTime()", "Random.<init>()");
  }
}
