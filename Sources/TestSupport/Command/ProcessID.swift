import Foundation
import Glibc

/// A process of ours.
///
/// Foundation's `Process` now and then misses the end of one among many that run side by side.
struct ProcessID: Sendable {
    let number: pid_t

    /// Starts a program with nothing on its standard input.
    ///
    static func spawn(
        _ executable: URL,
        _ arguments: [String],
        environment: [String: String],
        directory: URL,
        output: URL,
        errors: URL
    ) throws -> ProcessID {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output.path, O_WRONLY | O_APPEND, 0)
        posix_spawn_file_actions_addopen(&actions, 2, errors.path, O_WRONLY | O_APPEND, 0)

        // The threads of a test block signals that a program wants to hear of.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        var number: pid_t = 0
        let env = "/usr/bin/env"
        let command = [env, "--chdir=\(directory.path)", executable.path] + arguments
        let words = command.map { strdup($0) } + [nil]
        let settings = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + settings { free(text) } }
        let failure = posix_spawn(&number, env, &actions, &attributes, words, settings)
        guard failure == 0 else { throw NotStarted(program: executable.path, failure: failure) }
        return ProcessID(number: number)
    }

    /// Waits for its end, and keeps no thread of a test waiting.
    ///
    /// - Returns: its exit status, or 128 and the signal that ended it, as a shell says.
    func end() async -> Int32 {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var status: Int32 = 0
                while waitpid(number, &status, 0) == -1, errno == EINTR {}
                let signal = status & 0x7f
                continuation.resume(returning: signal == 0 ? status >> 8 & 0xff : 128 + signal)
            }
        }
    }

    struct NotStarted: Error, CustomStringConvertible {
        var program: String
        var failure: Int32

        var description: String {
            "\(program) does not start: \(String(cString: strerror(failure)))"
        }
    }
}
