package io.gander.error;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mistake that the user can mend. The message is one line that says what is wrong, where, and the cure; the command
 * line prints it without a stack trace and exits with 2.
 */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String subject;
    private final String sentence;
    private final String settable;

    public UserError(String message) {
        this("", message, "", null);
    }

    public UserError(String message, Throwable cause) {
        this("", message, "", cause);
    }

    private UserError(String subject, String sentence, String settable, @Nullable Throwable cause) {
        super(oneLine(worded(subject, sentence.strip(), settable)), cause);
        this.subject = subject;
        this.sentence = sentence;
        this.settable = settable;
    }

    /**
     * A mistake in what has a name.
     *
     * @param subject such as {@code data.path}, a recipe's key; it stands before the sentence
     */
    public static UserError about(String subject, String sentence) {
        return new UserError(subject, sentence, "", null);
    }

    /** The same, with what led to it. */
    public static UserError about(String subject, String sentence, Throwable cause) {
        return new UserError(subject, sentence, "", cause);
    }

    /**
     * The same with one more cure: a key to set. The message then ends with it.
     *
     * @param key a recipe's
     */
    public UserError orSet(String key) {
        return new UserError(subject, sentence, key, getCause());
    }

    /** What it is about, such as {@code data.path}; empty if that has no name. */
    public String subject() {
        return subject;
    }

    /**
     * The same as a door words it where options stand for a recipe's keys: under the name that the user knows, and without a cure
     * that cannot be had there.
     *
     * @param options by the key that they stand for
     */
    public UserError as(Map<String, String> options) {
        String cure = options.getOrDefault(settable, "");
        return new UserError(options.getOrDefault(subject, subject), sentence, cure, this);
    }

    private static String worded(String subject, String sentence, String settable) {
        String said = subject.isEmpty() ? sentence : subject + ": " + sentence;
        return settable.isEmpty() ? said : said.substring(0, said.length() - 1) + ", or set " + settable + ".";
    }

    /** What a message quotes, such as a file's name, may hold line breaks. */
    private static String oneLine(String message) {
        return message.strip().replaceAll("\\R", " ");
    }
}
