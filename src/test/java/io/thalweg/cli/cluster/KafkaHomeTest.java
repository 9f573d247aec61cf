package io.thalweg.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaHomeTest {
  @TempDir Path folder;

  @Test
  void versionStandsInTheNameOfItsJar() throws Exception {
    Path libs = Files.createDirectory(folder.resolve("libs"));
    for (String jar : new String[] {"kafka-clients-3.9.1.jar", "kafka_2.13-3.9.1.jar"}) {
      Files.createFile(libs.resolve(jar));
    }

    KafkaHome home = KafkaHome.at(folder);

    assertThat(home.version()).isEqualTo("3.9.1");
    assertThat(home.classPath()).isEqualTo(libs.toAbsolutePath() + "/*");
  }

  @Test
  void otherFoldersAreNamed() throws Exception {
    assertThatThrownBy(() -> KafkaHome.at(folder.resolve("none")))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining(folder.resolve("none").toString());
    Path libs = Files.createDirectory(folder.resolve("libs"));
    Files.createFile(libs.resolve("kafka-clients-3.9.1.jar"));
    assertThatThrownBy(() -> KafkaHome.at(folder)).hasMessageContaining("no Kafka in " + folder);
  }
}
