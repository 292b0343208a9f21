/** Layers, topologies, training and model files on any backend. */
module org.recur4j.models {
  requires transitive org.recur4j.api;
  requires com.google.gson;
  // Not transitive: javac would then demand Guice of every module that reads this one. A program
  // that uses the wiring package requires Guice itself.
  requires static com.google.guice;

  exports org.recur4j.models.autodiff;
  exports org.recur4j.models.cell;
  exports org.recur4j.models.comparison;
  exports org.recur4j.models.data;
  exports org.recur4j.models.decoding;
  exports org.recur4j.models.diagnosis;
  exports org.recur4j.models.explain;
  exports org.recur4j.models.file;
  exports org.recur4j.models.initialization;
  exports org.recur4j.models.layer;
  exports org.recur4j.models.metric;
  exports org.recur4j.models.network;
  exports org.recur4j.models.text;
  exports org.recur4j.models.training;
  exports org.recur4j.models.translation;
  exports org.recur4j.models.wiring;

  // Guice calls what is not public there: providers, constructors and the module's own methods.
  opens org.recur4j.models.wiring to
      com.google.guice;
}
