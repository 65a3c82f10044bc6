package io.gander.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "version", mixinStandardHelpOptions = true, description = "Prints the version, as --version does.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class VersionCommand implements Callable<Integer> {
    @Mixin
    Answer answer;

    @Override
    public Integer call() {
        String version = new Main.Version().getVersion()[0];
        answer.out().println(answer.json ? Json.line(Map.of("version", version)) : version);
        return 0;
    }
}
