package io.thalweg;

import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.NullMarked;

/**
 * Who may know whom, as rules over a root package, so that {@link ArchitectureTest} can hold the
 * program to them and show on examples that each of them can fail.
 *
 * @param root the package that all others stand in
 */
record Architecture(String root) {
  private static final String API = "v1";

  /** Our packages that each of our packages may know beside itself and what lies in it. */
  private static final Map<String, Set<String>> TABLE =
      Map.ofEntries(
          Map.entry("domain.sample", Set.of()),
          Map.entry("domain.stats", Set.of("domain")),
          Map.entry("domain.window", Set.of("domain")),
          Map.entry("domain.detect", Set.of("domain")),
          Map.entry("domain.key", Set.of("domain")),
          Map.entry("rpc", Set.of("domain")),
          Map.entry("codec", Set.of("domain", "journal.v1", "wire.v1")),
          Map.entry("kafka", Set.of()),
          Map.entry("ingest", Set.of("rpc", "route", "kafka", "domain", API)),
          Map.entry("route", Set.of("entity", "domain", "codec", "journal.v1", "wire.v1")),
          Map.entry("entity", Set.of("domain", "codec", "journal.v1", "wire.v1")),
          Map.entry("journal", Set.of("domain", "codec", "journal.v1")),
          Map.entry(
              "results", Set.of("rpc", "entity", "journal", "domain", "codec", "wire.v1", API)),
          Map.entry(
              "status",
              Set.of(
                  "rpc", "route", "kafka", "entity", "journal", "domain", "codec", "wire.v1", API)),
          Map.entry("testkit", Set.of("domain")),
          Map.entry("cli.nab", Set.of("cli.input", "cli.output", "domain")),
          Map.entry("client", Set.of(API)));

  private static final String SKETCHES = "com.datadoghq.sketch..";

  /**
   * What the packages with the narrowest task may know of others' libraries. Of the domain only the
   * statistics know one: quantile sketches, which are as pure as the rest and dearly made anew.
   */
  private static final Map<String, List<String>> LIBRARIES =
      Map.of(
          "domain", List.of("java..", "org.jspecify..", SKETCHES),
          "testkit", List.of("java..", "org.jspecify.."),
          "cli.nab", List.of("java..", "org.jspecify..", "com.fasterxml.jackson.."),
          "client",
              List.of(
                  "java..",
                  "org.jspecify..",
                  "io.grpc..",
                  "com.google.protobuf..",
                  "com.google.rpc.."));

  private static final Set<String> CLOCKS_AND_CHANCE =
      Set.of(
          "java.lang.Math.random",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.time.Clock.systemDefaultZone",
          "java.time.Clock.systemUTC",
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.util.Random.<init>",
          "java.util.UUID.randomUUID",
          "java.util.concurrent.ThreadLocalRandom.current");

  /** The rules by name, so that a failure says which one it is. */
  Map<String, ArchRule> rules() {
    Map<String, ArchRule> rules = new TreeMap<>();
    TABLE.forEach((name, known) -> rules.put("imports of " + name, importsOnly(name, known)));
    LIBRARIES.forEach((name, known) -> rules.put("libraries of " + name, usesOnly(name, known)));
    rules.put("sketches stay in the statistics", sketchesInStatistics());
    rules.put("every package is listed", onlyListedPackages());
    rules.put("cli and node are the outermost", outermost());
    rules.put("no cycles", noCycles());
    rules.put("no cycles in the domain", noCyclesInDomain());
    rules.put("time and chance are injected", noClockNorChance());
    rules.put("settings are read in one place", configOnlyInSettings());
    rules.put("packages are null-marked", packagesAreNullMarked());
    return rules;
  }

  private ArchRule importsOnly(String name, Set<String> known) {
    List<String> allowed = new ArrayList<>(List.of(within(name)));
    known.forEach(other -> allowed.add(other.equals(API) ? root + "." + API : within(other)));
    DescribedPredicate<JavaClass> ours = JavaClass.Predicates.resideInAPackage(root + "..");
    DescribedPredicate<JavaClass> listed =
        JavaClass.Predicates.resideInAnyPackage(allowed.toArray(String[]::new));
    return classes()
        .that()
        .resideInAPackage(within(name))
        .should(onlyDependOnClassesThat(DescribedPredicate.not(ours).or(listed)))
        .as(name + " should know of our packages only " + allowed)
        .allowEmptyShould(true);
  }

  private ArchRule usesOnly(String name, List<String> libraries) {
    List<String> allowed = new ArrayList<>(libraries);
    allowed.add(root + "..");
    return classes()
        .that()
        .resideInAPackage(within(name))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .allowEmptyShould(true);
  }

  private ArchRule sketchesInStatistics() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(within("domain.stats"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(SKETCHES)
        .allowEmptyShould(true);
  }

  /** A package that no rule names would be bound by none. */
  private ArchRule onlyListedPackages() {
    List<String> listed =
        new ArrayList<>(
            List.of(root, within("cli"), within("node"), within(API), within("wire.v1")));
    TABLE.keySet().forEach(name -> listed.add(within(name)));
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .resideInAnyPackage(listed.toArray(String[]::new))
        .allowEmptyShould(true);
  }

  private ArchRule outermost() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(within("cli"), within("node"))
        .and()
        .doNotHaveFullyQualifiedName(root + ".Main")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(within("cli"), within("node"))
        .allowEmptyShould(true);
  }

  private ArchRule noCycles() {
    return slices()
        .matching(root + ".(*)..")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(DescribedPredicate.alwaysTrue(), generatedMessages())
        .allowEmptyShould(true);
  }

  /** What protoc makes knows none of ours. */
  private DescribedPredicate<JavaClass> generatedMessages() {
    return JavaClass.Predicates.resideInAnyPackage(within("journal.v1"), within("wire.v1"));
  }

  private ArchRule noCyclesInDomain() {
    return slices()
        .matching(root + ".domain.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true);
  }

  private ArchRule noClockNorChance() {
    return noClasses()
        .that()
        .resideInAnyPackage(within("domain"), within("entity"), within("testkit"))
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe("asks a clock or chance", Architecture::asksClockOrChance))
        .allowEmptyShould(true);
  }

  /** Calls and method references alike; not if it is told the clock or the seed. */
  private static boolean asksClockOrChance(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitAccessTarget target
        && CLOCKS_AND_CHANCE.contains(target.getOwner().getName() + "." + target.getName())
        && target.getRawParameterTypes().stream()
            .noneMatch(type -> type.isEquivalentTo(Clock.class) || type.isEquivalentTo(long.class));
  }

  private ArchRule configOnlyInSettings() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(within("cli"), within("node"))
        .and()
        .haveNameNotMatching(".*Settings(\\$.*)?")
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                "reads the configuration",
                access -> access.getTargetOwner().getPackageName().equals("com.typesafe.config")))
        .allowEmptyShould(true);
  }

  private ArchRule packagesAreNullMarked() {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .resideOutsideOfPackages(
            root + "." + API + "..", root + ".journal.v1..", root + ".wire.v1..")
        .should(resideInNullMarkedPackage())
        .allowEmptyShould(true);
  }

  private static ArchCondition<JavaClass> resideInNullMarkedPackage() {
    return new ArchCondition<>("reside in a @NullMarked package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
          events.add(
              SimpleConditionEvent.violated(
                  type, type.getName() + ": package-info.java with @NullMarked is missing"));
        }
      }
    };
  }

  private String within(String name) {
    return root + "." + name + "..";
  }
}
