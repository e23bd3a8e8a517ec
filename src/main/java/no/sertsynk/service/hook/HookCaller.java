package no.sertsynk.service.hook;

import java.util.Map;

/** Tells one hook of one event, within its time limit. */
public final class HookCaller {
    private final CommandCaller commands;
    private final WebhookCaller webhooks;

    /**
     * A caller.
     *
     * @param environment the variables that a command gets besides those of the event; nothing else of ours reaches it
     * @param network how webhooks are reached
     */
    public HookCaller(Map<String, String> environment, HookNetwork network) {
        this.commands = new CommandCaller(environment);
        this.webhooks = new WebhookCaller(network);
    }

    HookOutcome call(Hook hook, HookEvent event) {
        return switch (hook) {
            case Hook.Command command -> commands.call(command, event);
            case Hook.Webhook webhook -> webhooks.call(webhook, event);
        };
    }
}
