/** Tensors, cells and the service interface that backends implement. */
module org.recur4j.api {
  exports org.recur4j.api.backend;
  exports org.recur4j.api.cell;
  exports org.recur4j.api.decorate;
  exports org.recur4j.api.error;
  exports org.recur4j.api.kernel;
  exports org.recur4j.api.ops;
  exports org.recur4j.api.portable;
  exports org.recur4j.api.random;
  exports org.recur4j.api.recurrent;
  exports org.recur4j.api.reference;
  exports org.recur4j.api.spi;
  exports org.recur4j.api.tensor;

  uses org.recur4j.api.backend.BackendProvider;
}
