package io.tempfile4j.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Describes commands by calls. */
final class Options {

    private Options() {}

    /** What every command has. */
    static CommandSpec describe(CommandSpec command, String name, String... description) {
        command.name(name).versionProvider(new Version());
        command.usageMessage().description(description);
        command.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build());
        command.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print version information and exit.")
                .build());
        return command;
    }

    static void exitCodes(CommandSpec command, String... codesAndMeanings) {
        Map<String, String> list = new LinkedHashMap<>();
        for (int i = 0; i < codesAndMeanings.length; i += 2) {
            list.put(codesAndMeanings[i], codesAndMeanings[i + 1]);
        }
        command.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(list);
    }

    /** An option that is there or is not. */
    static void flag(CommandSpec command, String description, String... names) {
        command.addOption(OptionSpec.builder(names)
                .type(boolean.class)
                .description(description)
                .build());
    }

    /** An option with a value. */
    static void value(CommandSpec command, String label, String description, String... names) {
        command.addOption(OptionSpec.builder(names)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build());
    }

    static @Nullable String valueOf(CommandSpec command, String name) {
        return command.commandLine().getParseResult().matchedOptionValue(name, null);
    }
}
