/** Layers, topologies, training and model files on any backend. */
module org.recur4j.models {
  requires transitive org.recur4j.api;
  requires com.google.gson;
  requires static transitive com.google.guice;

  exports org.recur4j.models.autodiff;
  exports org.recur4j.models.cell;
  exports org.recur4j.models.comparison;
  exports org.recur4j.models.data;
  exports org.recur4j.models.decoding;
  exports org.recur4j.models.diagnosis;
  exports org.recur4j.models.explain;
  exports org.recur4j.models.file;
  exports org.recur4j.models.initialisation;
  exports org.recur4j.models.layer;
  exports org.recur4j.models.metric;
  exports org.recur4j.models.network;
  exports org.recur4j.models.text;
  exports org.recur4j.models.training;
  exports org.recur4j.models.translation;
  exports org.recur4j.models.wiring;
}
