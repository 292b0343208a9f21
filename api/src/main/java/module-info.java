/** Tensors, cells and the service interface that backends implement. */
module org.recur4j.api {
  exports org.recur4j.api.random;
}
