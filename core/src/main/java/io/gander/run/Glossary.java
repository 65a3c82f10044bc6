package io.gander.run;

import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code docs/glossary.md} as a part of the report, which its charts and tables link to. The page keeps to headings, paragraphs, code in
 * backticks and links.
 */
final class Glossary {
    private static final Pattern ENTRY = Pattern.compile("(?m)^### (.+)\\R((?:(?!###).*\\R?)*)");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\[([^]]+)]\\(([^)]*)\\)");

    private Glossary() {}

    /** Each word as {@code <dt id="word-…" data-keys="…">}, with the metrics that it names, and what it means as {@code <dd>}. */
    static String html(String markdown) {
        StringBuilder html = new StringBuilder();
        Matcher entry = ENTRY.matcher(markdown);
        while (entry.find()) {
            String text = entry.group(2).strip().replaceAll("\\s+", " ");
            TreeSet<String> keys = new TreeSet<>();
            CODE.matcher(text).results().forEach(code -> keys.add(code.group(1)));
            html.append("<dt id=\"word-%s\" data-keys=\"%s\">%s</dt><dd>%s</dd>%n"
                    .formatted(anchor(entry.group(1)), String.join(" ", keys), escaped(entry.group(1)), marked(text)));
        }
        return html.toString();
    }

    /** As the places that show Markdown make it of a heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} -]", "")
                .replace(' ', '-');
    }

    /** Links to other pages become their names: the report lies where it was made, without them. */
    private static String marked(String text) {
        String code = CODE.matcher(escaped(text)).replaceAll("<code>$1</code>");
        return LINK.matcher(code).replaceAll(link -> Matcher.quoteReplacement(linked(link.group(1), link.group(2))));
    }

    private static String linked(String text, String target) {
        return target.startsWith("#")
                ? "<a href=\"#word-%s\">%s</a>".formatted(target.substring(1), text)
                : text + " (docs/" + target.replaceFirst("#.*", "") + ")";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
