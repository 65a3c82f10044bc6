package io.gander.error;

/**
 * A mistake that the user can mend. The message is one line that says what is wrong, where, and the cure; the command
 * line prints it without a stack trace and exits with 2.
 */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserError(String message) {
        super(oneLine(message));
    }

    public UserError(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    /** What a message quotes, such as a file's name, may hold line breaks. */
    private static String oneLine(String message) {
        return message.strip().replaceAll("\\R", " ");
    }
}
