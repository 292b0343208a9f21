/** A stranger's program that Guice wires: the library requires Guice optionally, so that the program names it. */
module com.example.wired {
  requires com.google.guice;
  // Guice needs it at run time and has no descriptor to say so.
  requires jakarta.inject;
  requires org.recur4j.models;
}
