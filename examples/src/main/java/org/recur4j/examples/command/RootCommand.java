package org.recur4j.examples.command;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.examples.task.GenerativeTask;
import org.recur4j.examples.task.Task;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line itself. Without a command it shows what there is. */
@Command(
    name = "recur4j",
    description = "Recurrent neural networks for Java, on any backend.",
    mixinStandardHelpOptions = true,
    version = "recur4j 0.1.0-SNAPSHOT",
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:everything worked",
      "1:a backend is not available, memory is short, standard output cannot be written, or an"
          + " internal error",
      "2:bad input: a wrong option, an unusable file",
      "130:stopped by Ctrl-C, 143 by the signal TERM; training saved what it had",
      "141:whoever read standard output has gone; training saved its model all the same"
    })
public final class RootCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error.")
  private boolean debug;

  private RootCommand() {}

  /**
   * The commands, ready to execute.
   *
   * @param interruption asked by long-running commands
   * @return the command line
   */
  public static CommandLine commandLine(Interruption interruption) {
    RootCommand root = new RootCommand();
    CommandLine line =
        new CommandLine(root)
            .addSubcommand(new BackendsCommand())
            .addSubcommand(new BenchCommand(interruption))
            .addSubcommand(new TasksCommand())
            .addSubcommand(train(interruption))
            .addSubcommand(predict(interruption))
            .addSubcommand(evaluate())
            .addSubcommand(generate())
            .addSubcommand(
                new CommandLine(new ReportCommand())
                    .addSubcommand(new ReportTasksCommand(interruption))
                    .addSubcommand(new ReportPerformanceCommand()))
            .addSubcommand(new CompareCommand(interruption))
            .addSubcommand(explain(interruption))
            .addSubcommand(new GradientFlowCommand(interruption))
            .addSubcommand(new InspectCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    refuseDamagedArguments(line);
    line.setParameterExceptionHandler((e, arguments) -> usageError(e));
    line.setExecutionStrategy(RootCommand::execute);
    line.setExecutionExceptionHandler((e, failed, parsed) -> root.failure(e, failed));
    return line;
  }

  /** Before any command sees one: a question that cannot be read must not be answered. */
  private static void refuseDamagedArguments(CommandLine line) {
    ArgumentText text = ArgumentText.ofThisMachine();
    line.getCommandSpec()
        .preprocessor(
            (arguments, command, option, context) -> {
              try {
                arguments.forEach(text::check);
              } catch (InvalidArgumentException e) {
                throw new ParameterException(command.commandLine(), e.getMessage(), e);
              }
              return false;
            });
  }

  private static CommandLine train(Interruption interruption) {
    CommandLine train = new CommandLine(new TrainCommand());
    train.addSubcommand(new TrainNamesCommand(interruption));
    TaskCatalog.all().forEach(task -> train.addSubcommand(TrainTaskCommand.of(task, interruption)));
    return train;
  }

  private static CommandLine explain(Interruption interruption) {
    return new CommandLine(new ExplainCommand())
        .addSubcommand(new ExplainWordCommand(interruption))
        .addSubcommand(new ExplainNamesCommand(interruption));
  }

  private static CommandLine predict(Interruption interruption) {
    CommandLine predict = new CommandLine(new PredictCommand());
    predict.addSubcommand(new PredictNamesCommand());
    TaskCatalog.all()
        .forEach(task -> predict.addSubcommand(PredictTaskCommand.of(task, interruption)));
    return predict;
  }

  private static CommandLine evaluate() {
    CommandLine evaluate = new CommandLine(new EvaluateCommand());
    evaluate.addSubcommand(new EvaluateNamesCommand());
    TaskCatalog.all().forEach(task -> evaluate.addSubcommand(EvaluateTaskCommand.of(task)));
    return evaluate;
  }

  private static CommandLine generate() {
    CommandLine generate = new CommandLine(new GenerateCommand());
    for (Task task : TaskCatalog.all()) {
      if (task instanceof GenerativeTask generative) {
        generate.addSubcommand(GenerateTaskCommand.of(generative));
      }
    }
    return generate;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int usageError(ParameterException e) {
    CommandLine line = e.getCommandLine();
    line.getErr().println("recur4j: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, line.getErr());
    line.getErr()
        .println("Try '" + line.getCommandSpec().qualifiedName() + " --help' for the options.");
    return ExitCode.BAD_INPUT;
  }

  /** Errors of the Java machine end a command as its exceptions do, with a message. */
  private static int execute(ParseResult parsed) {
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (Error e) {
      CommandLine last = parsed.commandSpec().commandLine();
      for (ParseResult next = parsed; next != null; next = next.subcommand()) {
        last = next.commandSpec().commandLine();
      }
      throw new ExecutionException(last, e.toString(), e);
    }
  }

  private int failure(Exception thrown, CommandLine failed) {
    Throwable cause = thrown.getCause();
    Throwable e = thrown instanceof ExecutionException && cause != null ? cause : thrown;
    Failure failure = Failure.of(e, failed.getCommandSpec());
    failed.getErr().println("recur4j: " + failure.reason());
    if (debug) {
      e.printStackTrace(failed.getErr());
    }
    return failure.code();
  }
}
