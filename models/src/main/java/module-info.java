/** Layers, topologies, training and model files on any backend. */
module org.recur4j.models {
  requires transitive org.recur4j.api;
  requires com.google.gson;
  // Not transitive: javac would then demand Guice of every module that reads this one. A program
  // that uses the wiring package requires Guice itself.
  requires static com.google.guice;

  exports org.recur4j.models.architecture;
  exports org.recur4j.models.autodiff;
  exports org.recur4j.models.comparison;
  exports org.recur4j.models.data;
  exports org.recur4j.models.decoding;
  exports org.recur4j.models.diagnosis;
  exports org.recur4j.models.file;
  exports org.recur4j.models.initialization;
  exports org.recur4j.models.layer;
  exports org.recur4j.models.metric;
  exports org.recur4j.models.network;
  exports org.recur4j.models.parity;
  exports org.recur4j.models.safetensors;
  exports org.recur4j.models.seq2seq;
  exports org.recur4j.models.series;
  exports org.recur4j.models.session;
  exports org.recur4j.models.training;
  exports org.recur4j.models.training.loss;
  exports org.recur4j.models.training.model;
  exports org.recur4j.models.training.optimizer;
  exports org.recur4j.models.training.report;
  exports org.recur4j.models.training.schedule;
  exports org.recur4j.models.wiring;

  // Guice calls what is not public there: providers, constructors and the module's own methods.
  opens org.recur4j.models.wiring to
      com.google.guice;
}
