/** A stranger's program with a module of its own: it names the library's module and no other. */
module com.example {
  requires org.recur4j.models;
}
