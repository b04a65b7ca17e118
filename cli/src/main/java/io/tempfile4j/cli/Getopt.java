package io.tempfile4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Arguments as GNU's getopt_long(3) reads them: options in clusters, abbreviated, repeated, behind operands; {@code --} ends
 * them. picocli rejects repeated options, and reads values and abbreviations by other rules.
 *
 * <p>Reading ends at the first option for help or the version: what follows is not looked at.
 */
final class Getopt {

    /**
     * An option as it was given.
     *
     * @param value null if it has none
     */
    record Given(OptionSpec option, @Nullable String value) {}

    private final CommandSpec command;
    private final Set<String> neverAbbreviated;
    private final List<Given> options = new ArrayList<>();
    private final List<String> operands = new ArrayList<>();

    private Getopt(CommandSpec command, Set<String> neverAbbreviated) {
        this.command = command;
        this.neverAbbreviated = neverAbbreviated;
    }

    /**
     * Reads arguments.
     *
     * @param neverAbbreviated long options that count only in full, so that they make no other abbreviation ambiguous
     * @param posixly whether the first operand ends the options, as {@code POSIXLY_CORRECT} demands
     * @throws IllegalArgumentException if an option is unknown, ambiguous, or lacks its value
     */
    static Getopt read(List<String> arguments, CommandSpec command, Set<String> neverAbbreviated, boolean posixly) {
        Getopt getopt = new Getopt(command, neverAbbreviated);
        getopt.read(arguments, posixly);
        return getopt;
    }

    /** Returns the options, in their order. */
    List<Given> options() {
        return options;
    }

    /** Returns the arguments that are no options, in their order. */
    List<String> operands() {
        return operands;
    }

    private void read(List<String> arguments, boolean posixly) {
        int next = 0;
        while (next < arguments.size() && !isHelp()) {
            String argument = arguments.get(next);
            next++;
            if (argument.equals("--")) {
                break;
            } else if (argument.startsWith("--")) {
                next = readLong(argument, arguments, next);
            } else if (argument.length() > 1 && argument.startsWith("-")) {
                next = readCluster(argument, arguments, next);
            } else {
                operands.add(argument);
                if (posixly) {
                    break;
                }
            }
        }
        operands.addAll(arguments.subList(next, arguments.size()));
    }

    private boolean isHelp() {
        if (options.isEmpty()) {
            return false;
        }
        OptionSpec last = options.get(options.size() - 1).option();
        return last.usageHelp() || last.versionHelp();
    }

    private int readLong(String argument, List<String> arguments, int next) {
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        OptionSpec option = find(name, argument);
        if (equals >= 0) {
            if (option.arity().max() == 0) {
                throw new IllegalArgumentException("option '" + option.longestName() + "' doesn't allow an argument");
            }
            options.add(new Given(option, argument.substring(equals + 1)));
            return next;
        }
        if (option.arity().min() == 0) {
            options.add(new Given(option, null));
            return next;
        }
        if (next == arguments.size()) {
            throw new IllegalArgumentException("option '" + option.longestName() + "' requires an argument");
        }
        options.add(new Given(option, arguments.get(next)));
        return next + 1;
    }

    private OptionSpec find(String name, String argument) {
        OptionSpec exact = command.findOption(name);
        if (exact != null) {
            return exact;
        }
        OptionSpec only = null;
        for (OptionSpec option : command.options()) {
            for (String candidate : option.names()) {
                if (!candidate.startsWith("--")
                        || !candidate.startsWith(name)
                        || neverAbbreviated.contains(candidate)) {
                    continue;
                }
                if (only != null) {
                    throw new IllegalArgumentException("option '" + argument + "' is ambiguous");
                }
                only = option;
            }
        }
        if (only == null) {
            throw new IllegalArgumentException("unrecognized option '" + argument + "'");
        }
        return only;
    }

    private int readCluster(String argument, List<String> arguments, int next) {
        for (int i = 1; i < argument.length() && !isHelp(); i++) {
            OptionSpec option = command.findOption(argument.charAt(i));
            if (option == null) {
                throw new IllegalArgumentException("invalid option -- '" + argument.charAt(i) + "'");
            }
            if (option.arity().max() == 0) {
                options.add(new Given(option, null));
            } else if (i + 1 < argument.length()) {
                options.add(new Given(option, argument.substring(i + 1)));
                return next;
            } else if (next < arguments.size()) {
                options.add(new Given(option, arguments.get(next)));
                return next + 1;
            } else {
                throw new IllegalArgumentException("option requires an argument -- '" + argument.charAt(i) + "'");
            }
        }
        return next;
    }
}
