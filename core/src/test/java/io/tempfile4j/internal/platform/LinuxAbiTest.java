package io.tempfile4j.internal.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers of the kernel that are written down are those of this machine's headers, for its architecture. */
class LinuxAbiTest {

    private static final String HEADERS = """
            #define _GNU_SOURCE
            #include <dirent.h>
            #include <errno.h>
            #include <fcntl.h>
            #include <limits.h>
            #include <linux/magic.h>
            #include <stddef.h>
            #include <stdio.h>
            #include <sys/stat.h>
            #include <sys/statfs.h>
            #include <unistd.h>
            """;

    @TempDir
    Path scratch;

    @Test
    void constants_allOfThem_areThoseOfTheHeaders() throws Exception {
        assumeTrue(Os.current() == Os.LINUX, "not Linux");
        assumeTrue(Runtime.version().feature() >= 22, "this JDK does not see the native classes");
        Map<String, Long> known = constants();
        assertThat(known).hasSizeGreaterThan(50);
        Path source = scratch.resolve("abi.c");
        StringBuilder program = new StringBuilder(HEADERS).append("int main(void) {\n");
        known.keySet()
                .forEach(name -> program.append("printf(\"" + name + " %lld\\n\", (long long) " + inC(name) + ");\n"));
        Files.writeString(source, program.append("return 0; }\n"));
        Path binary = scratch.resolve("abi");
        assumeTrue(run("cc", "--version") != null, "no C compiler");
        assertThat(run("cc", "-o", binary.toString(), source.toString())).isEmpty();
        Map<String, Long> real = new LinkedHashMap<>();
        run(binary.toString()).lines().forEach(line -> {
            int space = line.indexOf(' ');
            real.put(line.substring(0, space), Long.valueOf(line.substring(space + 1)));
        });
        assertThat(known).isEqualTo(real);
    }

    private static Map<String, Long> constants() throws ReflectiveOperationException {
        Map<String, Long> constants = new LinkedHashMap<>();
        Class<?> abi = Class.forName("io.tempfile4j.internal.platform.LinuxAbi");
        for (Field field : abi.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == int.class) {
                field.setAccessible(true);
                constants.put(field.getName(), (long) field.getInt(null));
            }
        }
        return constants;
    }

    /** A constant, the offset of a field, or the size of a structure. */
    private static String inC(String name) {
        if (name.endsWith("_SIZEOF")) {
            return "sizeof(struct " + structure(name) + ")";
        }
        if (name.endsWith("_OFFSET")) {
            return "offsetof(struct " + structure(name) + ", " + field(name) + ")";
        }
        return name;
    }

    private static String structure(String name) {
        return name.substring(0, name.indexOf('_')).toLowerCase(Locale.ROOT);
    }

    private static String field(String name) {
        String field = name.substring(name.indexOf('_') + 1, name.length() - "_OFFSET".length())
                .toLowerCase(Locale.ROOT);
        return switch (structure(name)) {
            case "statx" -> "stx_" + field.replace("time_", "time.tv_");
            case "stat" -> "st_" + field;
            case "statfs" -> "f_" + field;
            default -> "d_" + field;
        };
    }

    /** Its output; null when there is no such program. */
    private static String run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return process.waitFor() == 0 ? output : "failed: " + output;
        } catch (IOException noSuchProgram) {
            return null;
        }
    }
}
