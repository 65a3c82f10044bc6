package io.gander.cli;

import java.util.ArrayList;
import java.util.List;

/** The fenced blocks of a page. */
final class Markdown {
    private static final String FENCE = "```";

    private Markdown() {}

    /**
     * One block.
     *
     * @param language what stands behind the opening fence; "" for nothing
     * @param line where its first line stands, from 1
     */
    record Block(String language, int line, List<String> lines) {
        String text() {
            return String.join("\n", lines) + "\n";
        }
    }

    static List<Block> blocks(String page) {
        List<Block> blocks = new ArrayList<>();
        List<String> inside = new ArrayList<>();
        String language = "";
        boolean open = false;
        int number = 0;
        for (String line : page.lines().toList()) {
            number++;
            if (!line.startsWith(FENCE)) {
                inside.add(line);
            } else if (open) {
                blocks.add(new Block(language, number - inside.size(), List.copyOf(inside)));
                open = false;
            } else {
                language = line.substring(FENCE.length()).strip();
                inside.clear();
                open = true;
            }
        }
        return blocks;
    }

    /** The words of a shell line: quotes and a comment at the end are understood, nothing else is. */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean started = false;
        char quote = 0;
        for (char c : (line + " ").toCharArray()) {
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                started = true;
            } else if (c == '#' && !started) {
                break;
            } else if (c != ' ') {
                word.append(c);
                started = true;
            } else if (started) {
                words.add(word.toString());
                word.setLength(0);
                started = false;
            }
        }
        return words;
    }
}
