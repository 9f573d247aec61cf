package io.thalweg.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @Test
  void listsAreRead() {
    assertThat(Endpoint.parseList("a:1, [::1]:7470"))
        .containsExactly(new Endpoint("a", 1), new Endpoint("::1", 7470));
    assertThat(new Endpoint("::1", 7470)).hasToString("[::1]:7470");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host", ":1", "host:", "host:0", "host:65536", "host:x", "a:1,"})
  void otherFormsAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.parseList(text));
  }
}
