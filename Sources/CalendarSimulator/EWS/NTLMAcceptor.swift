import CLibGSS
import Crypto
import Foundation
import NIOSSL

/// The server's side of NTLM, by the GSSAPI mechanism `gss-ntlmssp` ([MS-NLMP]).
///
/// Over TLS it demands a channel binding, as Exchange 2019 CU14 does (calendar-apis.md 2.3, E9).
final class NTLMAcceptor: @unchecked Sendable {
    private let credential: gss_cred_id_t
    /// A file of users that has no name, so that nothing is left behind.
    private let users: FileHandle
    private let binding: [UInt8]?

    /// Nil where the mechanism is not installed, so that NTLM is not offered.
    ///
    /// - Parameter certificate: The server's, in PEM, where it speaks TLS.
    init?(certificate: String?) {
        guard let users = Self.usersFile() else { return nil }
        self.users = users
        binding = certificate.flatMap {
            (try? NIOSSLCertificate(bytes: Array($0.utf8), format: .pem).toDERBytes())
                .map { Array("tls-server-end-point:".utf8) + Array(SHA256.hash(data: $0)) }
        }
        // Where the mechanism looks for users.
        setenv("NTLM_USER_FILE", "/proc/self/fd/\(users.fileDescriptor)", 1)
        var minor: OM_uint32 = 0
        var credential: gss_cred_id_t?
        var identifier = Self.mechanism
        let major = identifier.withUnsafeMutableBytes { identifier in
            var mechanism = gss_OID_desc(
                length: OM_uint32(identifier.count),
                elements: identifier.baseAddress
            )
            return withUnsafeMutablePointer(to: &mechanism) { mechanism in
                var mechanisms = gss_OID_set_desc(count: 1, elements: mechanism)
                return gss_acquire_cred(
                    &minor,
                    nil,
                    OM_uint32.max,
                    &mechanisms,
                    GSS_C_ACCEPT,
                    &credential,
                    nil,
                    nil
                )
            }
        }
        guard major & 0xFFFF_0000 == 0, let credential else { return nil }
        self.credential = credential
    }

    func acceptance() -> NTLMAcceptance {
        NTLMAcceptance(self)
    }

    /// What a message brought: the answer, and whether the client is known now.
    fileprivate struct Step {
        var answer: [UInt8]
        var isComplete: Bool
    }

    /// Nil where the message is refused.
    fileprivate func step(_ context: inout gss_ctx_id_t?, _ token: [UInt8]) -> Step? {
        var token = token
        var binding = binding ?? []
        var minor: OM_uint32 = 0
        var cleanup: OM_uint32 = 0
        var flags: OM_uint32 = 0
        var output = gss_buffer_desc()
        defer { gss_release_buffer(&cleanup, &output) }
        let major = token.withUnsafeMutableBytes { token in
            binding.withUnsafeMutableBytes { binding in
                var input = gss_buffer_desc(length: token.count, value: token.baseAddress)
                var bindings = gss_channel_bindings_struct()
                bindings.application_data.length = binding.count
                bindings.application_data.value = binding.baseAddress
                return withUnsafeMutablePointer(to: &bindings) { bindings in
                    gss_accept_sec_context(
                        &minor,
                        &context,
                        credential,
                        &input,
                        binding.isEmpty ? nil : bindings,
                        nil,
                        nil,
                        &output,
                        &flags,
                        nil,
                        nil
                    )
                }
            }
        }
        // GSS_S_CONTINUE_NEEDED is 1 (RFC 2744 3.9.1). A client that binds to nothing is taken by
        // the mechanism, and so told apart by GSS_C_CHANNEL_BOUND_FLAG.
        let isComplete = major == 0
        let isBound = flags & OM_uint32(GSS_C_CHANNEL_BOUND_FLAG) != 0
        guard major & 0xFFFF_0000 == 0, !isComplete || binding.isEmpty || isBound else {
            return nil
        }
        return Step(
            answer: Array(UnsafeRawBufferPointer(start: output.value, count: output.length)),
            isComplete: isComplete
        )
    }

    /// The account by both its names, in the form that `gss-ntlmssp` reads.
    private static func usersFile() -> FileHandle? {
        let folder = FileManager.default.temporaryDirectory
        let file = folder.appending(path: "\(UUID())")
        let account = SimulatedAccess.account.replacing("\\", with: ":")
        let text = """
            \(account):\(SimulatedAccess.secret)
            :\(SimulatedAccess.accountAddress):\(SimulatedAccess.secret)

            """
        let isMade = FileManager.default.createFile(
            atPath: file.path(),
            contents: Data(text.utf8),
            attributes: [.posixPermissions: 0o600]
        )
        defer { try? FileManager.default.removeItem(at: file) }
        return isMade ? FileHandle(forReadingAtPath: file.path()) : nil
    }

    /// NTLMSSP, 1.3.6.1.4.1.311.2.2.10.
    private static let mechanism: [UInt8] = [
        0x2B, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x02, 0x0A,
    ]
}

/// How far one connection's handshake has come.
final class NTLMAcceptance: @unchecked Sendable {
    private let acceptor: NTLMAcceptor
    private var context: gss_ctx_id_t?
    private(set) var isComplete = false

    fileprivate init(_ acceptor: NTLMAcceptor) {
        self.acceptor = acceptor
    }

    deinit {
        var minor: OM_uint32 = 0
        gss_delete_sec_context(&minor, &context, nil)
    }

    /// Takes the client's message in; nil where it is refused.
    func step(_ token: [UInt8]) -> [UInt8]? {
        guard let step = acceptor.step(&context, token) else { return nil }
        isComplete = step.isComplete
        return step.answer
    }
}
