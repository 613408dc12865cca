import Glibc
import Synchronization

/// Programs one behind the other, each reading what the one before writes. No shell has a part.
struct Pipeline {
    struct Step {
        let program: String
        let arguments: [String]
    }

    /// What the first step may be given: less than a pipe holds, so that writing never waits.
    static let largestInput = 16_384
    /// About two minutes of sound.
    private static let largestOutput = 1 << 20

    let steps: [Step]
    let limit: Duration

    /// So that no program takes over the pipes of another that is started meanwhile.
    private static let starting = Mutex(())

    /// Runs the programs to their end.
    ///
    /// - Returns: What the last one wrote, `largestOutput` bytes at the most.
    func run(input: [UInt8]) throws -> [UInt8] {
        precondition(input.count <= Self.largestInput)
        let started = try Self.starting.withLock { _ in try start(input: input) }
        defer { close(started.output) }
        let deadline = ContinuousClock.now + limit
        let output = Self.read(started.output, until: deadline)
        if output == nil { started.processes.forEach { kill($0, SIGKILL) } }
        let statuses = started.processes.map { Self.status(of: $0, until: deadline) }
        guard let output else { throw SpeechProblem.tookTooLong(program: steps[0].program) }
        for (step, status) in zip(steps, statuses) where status != 0 {
            throw SpeechProblem.failed(program: step.program, status: status)
        }
        if output.isEmpty { throw SpeechProblem.saidNothing(program: steps[0].program) }
        return output
    }

    private func start(input: [UInt8]) throws -> (processes: [pid_t], output: Int32) {
        let first = try Self.pipe()
        _ = input.withUnsafeBytes { write(first.writing, $0.baseAddress, $0.count) }
        close(first.writing)
        var reading = first.reading
        var processes: [pid_t] = []
        for step in steps {
            let pipe = try Self.pipe()
            defer {
                close(reading)
                close(pipe.writing)
                reading = pipe.reading
            }
            let process: pid_t
            do {
                process = try Self.spawn(step, input: reading, output: pipe.writing)
            } catch {
                processes.forEach { kill($0, SIGKILL) }
                processes.forEach { _ = Self.status(of: $0, until: .now) }
                close(pipe.reading)
                throw error
            }
            processes.append(process)
        }
        return (processes, reading)
    }

    private static func pipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else {
            throw SpeechProblem.notStarted(program: "pipe", why: String(cString: strerror(errno)))
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    private static func spawn(_ step: Step, input: Int32, output: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        // What they complain of may hold the text.
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigaddset(&signals, SIGPIPE)
        sigaddset(&signals, SIGTERM)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
        )

        var process = pid_t()
        let path = "PATH=/usr/local/bin:/usr/bin:/bin"
        let status = CArguments.with([step.program] + step.arguments) { arguments in
            CArguments.with([path, "LANG=C.UTF-8"]) { environment in
                posix_spawn(&process, step.path, &actions, &attributes, arguments, environment)
            }
        }
        guard status == 0 else {
            throw SpeechProblem.notStarted(
                program: step.program,
                why: String(cString: strerror(status))
            )
        }
        return process
    }

    /// Nil where the deadline comes first, or too much is written.
    private static func read(_ file: Int32, until deadline: ContinuousClock.Instant) -> [UInt8]? {
        var output: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while true {
            let left = deadline - .now
            let milliseconds =
                left.components.seconds * 1_000
                + left.components.attoseconds / 1_000_000_000_000_000
            var wanted = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
            let ready = poll(&wanted, 1, Int32(max(0, milliseconds)))
            if ready < 0 && errno == EINTR { continue }
            guard ready > 0 else { return nil }
            let count = part.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return output }
            output += part[..<count]
            guard output.count <= largestOutput else { return nil }
        }
    }

    /// Its exit status, or minus the signal that ended it: one that goes on is ended at `deadline`.
    private static func status(
        of process: pid_t,
        until deadline: ContinuousClock.Instant
    ) -> Int32 {
        var status: Int32 = 0
        while true {
            let ended = waitpid(process, &status, WNOHANG)
            if ended == process { break }
            guard ended == 0 || errno == EINTR else { return -1 }
            if .now >= deadline { kill(process, SIGKILL) }
            usleep(1_000)
        }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : -signal
    }
}

extension Pipeline.Step {
    /// Where Debian has it.
    fileprivate var path: String { "/usr/bin/\(program)" }
}

/// Strings as C takes a program's arguments.
private enum CArguments {
    static func with<Result>(
        _ strings: [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        return body(copies + [nil])
    }
}
