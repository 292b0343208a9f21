package org.recur4j.models.autodiff;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * The first occurrence of a non-finite number: in a weight, else in the output of the first
 * operation that produced one, else in the first gradient of the backward pass. Finding it requires
 * downloads, so this is meant for use after a failure.
 *
 * @param what human-readable name of the tensor, for example {@code "the output of linear
 *     (head.weight)"}
 * @param shape shape of the tensor
 * @param place indices of the first element that is NaN or infinite
 * @param value value of that element
 */
public record NonFinite(String what, Shape shape, int[] place, double value) {
  /**
   * Searches a tape after its backward pass, while its scope is open.
   *
   * @param tape tape that recorded the operations
   * @param gradients gradients of the parameters
   * @return the first occurrence; empty if every number is finite
   */
  public static Optional<NonFinite> find(Tape tape, Gradients gradients) {
    Search search = new Search(tape, gradients.parameters());
    return search
        .weights()
        .or(search::outputs)
        .or(search::gradients)
        .or(() -> search.sums(gradients));
  }

  @Override
  public String toString() {
    String where =
        shape.rank() == 3
            ? "step " + place[0] + ", row " + place[1] + ", feature " + place[2] + " of " + shape
            : "position " + Arrays.toString(place) + " of " + shape;
    return what + " is " + value + ", first at " + where;
  }

  /** The search, which names operations by their weights. */
  private record Search(Tape tape, List<Parameter> parameters) {
    Optional<NonFinite> weights() {
      return parameters.stream()
          .map(parameter -> check("the weight " + parameter.name(), parameter.value()))
          .flatMap(Optional::stream)
          .findFirst();
    }

    Optional<NonFinite> outputs() {
      for (Tape.Node node : tape.nodes()) {
        for (Tensor output : node.outputs()) {
          Optional<NonFinite> found = check("the output of " + name(node), output);
          if (found.isPresent()) {
            return found;
          }
        }
      }
      return Optional.empty();
    }

    Optional<NonFinite> gradients() {
      List<Tape.Node> nodes = tape.nodes();
      for (int i = nodes.size() - 1; i >= 0; i--) {
        for (Tensor input : nodes.get(i).inputs()) {
          Optional<NonFinite> found =
              input == null
                  ? Optional.empty()
                  : check(gradientName(nodes.get(i), input), tape.gradient(input));
          if (found.isPresent()) {
            return found;
          }
        }
      }
      return Optional.empty();
    }

    Optional<NonFinite> sums(Gradients gradients) {
      return parameters.stream()
          .map(p -> check("the gradient of " + p.name(), gradients.of(p)))
          .flatMap(Optional::stream)
          .findFirst();
    }

    private String gradientName(Tape.Node node, Tensor input) {
      String of =
          parameters.stream()
              .filter(parameter -> parameter.value() == input)
              .map(Parameter::name)
              .findFirst()
              .orElse("an input");
      return "the gradient of " + of + " from " + name(node);
    }

    /**
     * Returns the function with its weights or, if it has none, with those of the preceding
     * operation.
     */
    private String name(Tape.Node node) {
      List<String> own = weightsOf(node);
      if (!own.isEmpty()) {
        return node.function().name() + " (" + String.join(", ", own) + ")";
      }
      List<Tape.Node> nodes = tape.nodes();
      Tape.Node read = node;
      for (int i = nodes.indexOf(node) - 1; i >= 0; i--) {
        if (reads(read, nodes.get(i))) {
          read = nodes.get(i);
          List<String> before = weightsOf(read);
          if (!before.isEmpty()) {
            return node.function().name() + " after " + String.join(", ", before);
          }
        }
      }
      return node.function().name();
    }

    private static boolean reads(Tape.Node later, Tape.Node earlier) {
      return Arrays.stream(earlier.outputs()).anyMatch(made -> isIn(present(later.inputs()), made));
    }

    private static boolean isIn(List<Tensor> tensors, Tensor tensor) {
      return tensors.stream().anyMatch(other -> other == tensor);
    }

    private List<String> weightsOf(Tape.Node node) {
      return parameters.stream()
          .filter(parameter -> isIn(present(node.inputs()), parameter.value()))
          .map(Parameter::name)
          .toList();
    }

    private static List<Tensor> present(Tensor[] tensors) {
      return Arrays.stream(tensors).filter(tensor -> tensor != null).toList();
    }

    private Optional<NonFinite> check(String what, Tensor tensor) {
      if (tensor == null || !tensor.dataType().isFloating() || isFinite(tensor)) {
        return Optional.empty();
      }
      double[] values = new double[tensor.size()];
      tape.backend().download(tensor, values, 0);
      int first = 0;
      while (Double.isFinite(values[first])) {
        first++;
      }
      return Optional.of(
          new NonFinite(what, tensor.shape(), place(tensor.shape(), first), values[first]));
    }

    private boolean isFinite(Tensor tensor) {
      Backend backend = tape.backend();
      try (Scope scope = backend.scope("search for non-finite numbers")) {
        Tensor count = scope.create(tensor.dataType(), Shape.of(1));
        backend.kernels().fill(0, count);
        backend.kernels().addNonFiniteCount(tensor, count);
        double[] found = new double[1];
        backend.download(count, found, 0);
        return found[0] == 0;
      }
    }

    private static int[] place(Shape shape, int offset) {
      int[] place = new int[shape.rank()];
      int rest = offset;
      for (int axis = place.length - 1; axis >= 0; axis--) {
        place[axis] = rest % shape.extent(axis);
        rest /= shape.extent(axis);
      }
      return place;
    }
  }
}
