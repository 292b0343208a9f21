package org.recur4j.examples.command;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.recur4j.examples.flow.FlowResult;
import org.recur4j.models.diagnosis.FlowSnapshot;
import org.recur4j.models.diagnosis.LayerFlow;

/** What was seen, for machines. Numbers that are not finite are null. */
final class FlowDocument {
  private FlowDocument() {}

  static Map<String, Object> of(FlowResult result) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("network", result.name());
    document.put("end", result.end());
    document.put("seconds", result.seconds());
    document.put("finalLoss", number(result.finalLoss()));
    document.put("largestGradientNorm", number(result.largestNorm()));
    document.put("losses", numbers(result.losses()));
    document.put("looks", result.snapshots().stream().map(FlowDocument::snapshot).toList());
    return document;
  }

  private static Map<String, Object> snapshot(FlowSnapshot snapshot) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("step", snapshot.step());
    document.put("loss", number(snapshot.loss()));
    document.put("gradientNorm", number(snapshot.gradientNorm()));
    document.put("layers", snapshot.layers().stream().map(FlowDocument::layer).toList());
    return document;
  }

  private static Map<String, Object> layer(LayerFlow flow) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("layer", flow.layer());
    document.put("reverse", flow.reverse());
    document.put("verdict", flow.diagnosis().kind().toString());
    document.put("reason", flow.diagnosis().reason());
    document.put("remedies", flow.diagnosis().remedies().stream().map(Object::toString).toList());
    document.put("factorPerStep", number(flow.decay().perStep()));
    document.put("factorOverall", number(flow.decay().overall()));
    document.put("span", flow.decay().span());
    document.put("horizonPercent", flow.decay().horizonPercent());
    document.put("horizonE", flow.decay().horizonE());
    document.put("jacobianMean", flow.jacobian().map(j -> number(j.mean())).orElse(null));
    document.put("jacobianLargest", flow.jacobian().map(j -> number(j.largest())).orElse(null));
    document.put("spectralRadii", flow.spectralRadii().stream().map(FlowDocument::number).toList());
    document.put("saturation", flow.saturation());
    document.put("gradientNormsByStepsBack", numbers(flow.gradientNorms()));
    return document;
  }

  private static List<Double> numbers(double[] values) {
    return Arrays.stream(values).mapToObj(FlowDocument::number).toList();
  }

  private static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
