package io.gander.error;

/**
 * A mistake that the user can mend. The message is one line that says what is wrong, where, and the cure; the command
 * line prints it without a stack trace and exits with 2.
 */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserError(String message) {
        super(message);
    }

    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
