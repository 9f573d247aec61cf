package io.thalweg.codec;

import io.thalweg.domain.key.KeyReport;
import io.thalweg.domain.key.KeyView;
import java.util.Optional;
import java.util.OptionalLong;

/** What is told of a key. */
public final class ReportCodec {
  private ReportCodec() {}

  public static io.thalweg.wire.v1.KeyReport encode(KeyView view) {
    io.thalweg.wire.v1.KeyReport.Builder message =
        io.thalweg.wire.v1.KeyReport.newBuilder()
            .setVersion(view.version())
            .setTotal(SummaryCodec.encode(view.total()))
            .setLate(view.late())
            .setAnomalies(view.anomalies());
    view.watermarkNanos().ifPresent(message::setWatermarkNanos);
    view.last().map(ValueCodec::encode).ifPresent(message::setLast);
    view.lastAnomaly().map(AnomalyCodec::encode).ifPresent(message::setLastAnomaly);
    view.windows().forEach(window -> message.addWindows(ValueCodec.encode(window)));
    return message.build();
  }

  public static KeyReport decode(io.thalweg.wire.v1.KeyReport message) {
    return new KeyReport(
        message.getVersion(),
        message.hasWatermarkNanos()
            ? OptionalLong.of(message.getWatermarkNanos())
            : OptionalLong.empty(),
        SummaryCodec.decode(message.getTotal()),
        message.getWindowsList().stream().map(ValueCodec::decode).toList(),
        message.getLate(),
        message.hasLast() ? Optional.of(ValueCodec.decode(message.getLast())) : Optional.empty(),
        message.getAnomalies(),
        message.hasLastAnomaly()
            ? Optional.of(AnomalyCodec.decode(message.getLastAnomaly()))
            : Optional.empty());
  }
}
