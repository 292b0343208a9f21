package org.recur4j.examples.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Executable;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Calls of the Java platform whose result depends on the machine's locale or character encoding
 * although nothing in the call says so: whatever has an overload with the same parameters and one
 * {@link Locale}, or one {@link Charset}, more.
 */
final class HiddenDefaults {
  /** What depends on the default locale, unless it is told, and has no such overload. */
  private static final Set<String> BY_NAME =
      Set.of(
          "java.lang.String.formatted",
          "java.text.ChoiceFormat.<init>",
          "java.text.DecimalFormat.<init>",
          "java.text.DecimalFormatSymbols.<init>",
          "java.text.MessageFormat.format",
          "java.time.format.DateTimeFormatterBuilder.toFormatter",
          "java.util.Locale.getDefault",
          "java.util.Scanner.<init>");

  /**
   * Classes whose methods use no default where no encoding is given: those of {@link Files} use
   * UTF-8, and {@code Charset.forName} has an overload, since Java 18, that takes a fallback.
   */
  private static final Set<Class<?>> MEAN_NO_DEFAULT = Set.of(Files.class, Charset.class);

  private HiddenDefaults() {}

  static ArchRule noLocale() {
    return noClasses()
        .should()
        .accessTargetWhere(
            fromPlatform(
                "depends on the default locale",
                target -> isUntold(target) || hasOverload(target, Locale.class)))
        .because(
            "a number in another script is none to a program that reads it; give Locale.ROOT to"
                + " formats and changes of case");
  }

  static ArchRule noCharset() {
    return noClasses()
        .should()
        .accessTargetWhere(
            fromPlatform(
                "depends on the default character encoding",
                target -> hasOverload(target, Charset.class)))
        .because("every text is UTF-8, whatever the machine says; name the character encoding");
  }

  private static DescribedPredicate<JavaAccess<?>> fromPlatform(
      String description, Predicate<CodeUnitAccessTarget> target) {
    return DescribedPredicate.describe(
        description,
        access ->
            access.getTarget() instanceof CodeUnitAccessTarget called
                && called.getOwner().getPackageName().startsWith("java.")
                && MEAN_NO_DEFAULT.stream().noneMatch(called.getOwner()::isEquivalentTo)
                && target.test(called));
  }

  private static boolean isUntold(CodeUnitAccessTarget target) {
    return BY_NAME.contains(target.getOwner().getName() + "." + target.getName())
        && target.getRawParameterTypes().stream()
            .noneMatch(
                type ->
                    type.isEquivalentTo(Locale.class)
                        || type.isEquivalentTo(DecimalFormatSymbols.class));
  }

  private static boolean hasOverload(CodeUnitAccessTarget target, Class<?> parameter) {
    List<String> given = target.getRawParameterTypes().stream().map(JavaClass::getName).toList();
    if (given.contains(parameter.getName())) {
      return false;
    }
    Class<?> owner = target.getOwner().reflect();
    Stream<? extends Executable> overloads =
        target.getName().equals("<init>")
            ? Arrays.stream(owner.getConstructors())
            : Arrays.stream(owner.getMethods()).filter(m -> m.getName().equals(target.getName()));
    return overloads.anyMatch(
        overload -> {
          List<String> all =
              new ArrayList<>(
                  Arrays.stream(overload.getParameterTypes()).map(Class::getName).toList());
          return all.remove(parameter.getName()) && all.equals(given);
        });
  }
}
