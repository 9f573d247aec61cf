package io.thalweg.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.v1.ClusterStatus;
import io.thalweg.v1.GetStatusRequest;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.MemberStatus;
import io.thalweg.v1.NodeReport;
import io.thalweg.v1.StatusServiceGrpc;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A single node tells how it is doing. */
@Timeout(60)
class StatusIT {
  @TempDir Path data;

  @Test
  void countsWhatWasSentToIt() throws Exception {
    try (TestNode node = TestNode.start(data)) {
      IngestRequest batch =
          TestNode.request(
              "counts",
              "p",
              1,
              TestNode.series("a", 1_000, 1, 1, 2, 1, 2, 1, 2, 1, 1_000),
              TestNode.series("b", 1_000, 5));
      TestNode.sendAll(node, List.of(batch, batch));

      ClusterStatus status = statusAfter(2, node);

      assertThat(status.getNodesList()).hasSize(1);
      assertThat(status.getAnsweredBy()).isEqualTo(status.getNodes(0).getAddress());
      assertThat(status.getNodes(0).getMemberStatus()).isEqualTo(MemberStatus.MEMBER_STATUS_UP);
      assertThat(status.getNodes(0).getReachable()).isTrue();
      NodeReport report = status.getNodes(0).getReport();
      assertThat(report.getGrpcAddress()).isEqualTo("127.0.0.1:" + node.node().address().getPort());
      assertThat(report.getRoute().getSamples()).isEqualTo(10);
      assertThat(report.getRoute().getDuplicates()).isEqualTo(10);
      assertThat(report.getRoute().getSamplesPerSecond()).isPositive();
      assertThat(report.getJournal().getStore()).isEqualTo("rocksdb");
      assertThat(report.getJournal().getWritable()).isTrue();
      assertThat(report.getJournal().getEvents()).isEqualTo(2);
      assertThat(report.getJournal().getFlushP99Micros())
          .isGreaterThanOrEqualTo(report.getJournal().getFlushP50Micros())
          .isPositive();
      assertThat(report.getKeys().getActive()).isGreaterThanOrEqualTo(2);
      assertThat(report.getKeys().getShards()).isPositive();
      assertThat(report.getKeys().getAnomalies()).isEqualTo(1);
    }
  }

  /** An event is counted just after its sender has been told. */
  private static ClusterStatus statusAfter(long events, TestNode node) {
    ClusterStatus status = status(node);
    while (status.getNodes(0).getReport().getJournal().getEvents() < events) {
      status = status(node);
    }
    return status;
  }

  private static ClusterStatus status(TestNode node) {
    return StatusServiceGrpc.newBlockingStub(node.channel())
        .withDeadlineAfter(30, TimeUnit.SECONDS)
        .getStatus(GetStatusRequest.getDefaultInstance());
  }
}
