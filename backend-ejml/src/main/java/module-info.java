/** The backend in pure Java. */
module org.recur4j.backend.ejml {
  requires org.recur4j.api;
  requires ejml.core;
  requires ejml.ddense;

  provides org.recur4j.api.backend.BackendProvider with
      org.recur4j.backend.ejml.EjmlProvider;
}
