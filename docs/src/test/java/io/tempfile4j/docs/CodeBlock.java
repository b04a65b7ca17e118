package io.tempfile4j.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a document.
 *
 * @param language what stands behind the fence, in lower case; may be empty
 * @param lead the line before the fence
 * @param code its lines, without their common indentation
 * @param line where it begins
 */
record CodeBlock(String language, String lead, String code, int line) {

    private static final Pattern FENCE = Pattern.compile("^[ >]*(`{3,}|~{3,})\\s*([^\\s`{]*)[^`]*$");

    static List<CodeBlock> of(String document) {
        List<CodeBlock> blocks = new ArrayList<>();
        List<String> lines = document.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher open = FENCE.matcher(lines.get(i));
            if (open.matches()) {
                int start = i++;
                List<String> code = new ArrayList<>();
                while (i < lines.size() && !lines.get(i).strip().startsWith(open.group(1))) {
                    code.add(lines.get(i++));
                }
                blocks.add(new CodeBlock(
                        open.group(2).toLowerCase(Locale.ROOT),
                        start == 0 ? "" : lines.get(start - 1).strip(),
                        String.join("\n", code).stripIndent().strip(),
                        start + 1));
            }
        }
        return blocks;
    }

    boolean isJava() {
        return language.startsWith("java") && !language.startsWith("javascript");
    }

    /** A document without what is in blocks and between backticks. */
    static String proseOf(String document) {
        StringBuilder prose = new StringBuilder();
        String fence = "";
        for (String line : document.lines().toList()) {
            Matcher matcher = FENCE.matcher(line);
            if (!fence.isEmpty()) {
                fence = line.strip().startsWith(fence) ? "" : fence;
            } else if (matcher.matches()) {
                fence = matcher.group(1);
            } else {
                prose.append(line).append('\n');
            }
        }
        return prose.toString().replaceAll("`[^`\n]*`", "``");
    }
}
