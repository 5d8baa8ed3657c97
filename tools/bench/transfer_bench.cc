// Measures a 50 MB upload and download through a running core: throughput, and by how much the
// core's resident memory grew at its peak (VmHWM, reset before each).
#include <fmt/format.h>
#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <fstream>
#include <iostream>
#include <random>
#include <string>

#include "core/base/limits.h"
#include "kalends/v1/document_service.grpc.pb.h"

namespace kalends::bench {
namespace {

constexpr std::size_t kPiece = 256 << 10;

struct Flags {
  std::string core = "127.0.0.1:50051";
  std::string key_file;
  std::string link;
  int pid = 0;
};

// A line of /proc/<pid>/status, in KiB.
std::int64_t StatusKib(int pid, const std::string& name) {
  std::ifstream status(fmt::format("/proc/{}/status", pid));
  std::string word;
  while (status >> word) {
    std::int64_t kib = 0;
    if (word == name + ":" && status >> kib) return kib;
  }
  return 0;
}

// Runs `transfer` and prints what it took.
template <typename Transfer>
bool Measure(const Flags& flags, const std::string& what, const Transfer& transfer) {
  std::ofstream(fmt::format("/proc/{}/clear_refs", flags.pid)) << "5";
  const std::int64_t before = StatusKib(flags.pid, "VmRSS");
  const auto begun = std::chrono::steady_clock::now();
  const grpc::Status status = transfer();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  if (!status.ok()) {
    std::cerr << what << ": " << status.error_message() << "\n";
    return false;
  }
  const std::int64_t peak = StatusKib(flags.pid, "VmHWM");
  fmt::print(
      "{:<8} {:6.0f} MiB/s  resident before {:6.1f} MiB, peak {:6.1f} MiB, grown {:5.1f} MiB\n",
      what, static_cast<double>(core::kFileBytesMax >> 20) / took.count(),
      static_cast<double>(before) / 1024, static_cast<double>(peak) / 1024,
      static_cast<double>(peak - before) / 1024);
  return true;
}

int Run(const Flags& flags) {
  std::string key;
  std::ifstream(flags.key_file) >> key;
  const auto stub = v1::DocumentService::NewStub(
      grpc::CreateChannel(flags.core, grpc::InsecureChannelCredentials()));
  const auto prepare = [&](grpc::ClientContext& context) {
    context.AddMetadata("authorization", "Bearer " + key);
  };
  v1::Document document;
  const bool sent = Measure(flags, "upload", [&] {
    grpc::ClientContext context;
    prepare(context);
    const auto writer = stub->UploadDocument(&context, &document);
    v1::UploadDocumentRequest message;
    message.mutable_upload()->set_parent(flags.link);
    message.mutable_upload()->set_request_id(fmt::format("bench-{:08x}", std::random_device()()));
    bool open = writer->Write(message);
    message.set_data(std::string(kPiece, 'k'));
    for (std::int64_t at = 0; open && at < core::kFileBytesMax; at += kPiece) {
      open = writer->Write(message);
    }
    writer->WritesDone();
    return writer->Finish();
  });
  const bool fetched = sent && Measure(flags, "download", [&] {
                         grpc::ClientContext context;
                         prepare(context);
                         v1::FetchDocumentRequest request;
                         request.set_name(document.name());
                         const auto reader = stub->FetchDocument(&context, request);
                         v1::FetchDocumentResponse message;
                         while (reader->Read(&message)) {
                         }
                         return reader->Finish();
                       });
  return fetched ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace kalends::bench

int main(int argc, char** argv) {
  CLI::App app("Measures a 50 MB upload and download.", "transfer_bench");
  kalends::bench::Flags flags;
  app.add_option("--core", flags.core, "Address of the core")->capture_default_str();
  app.add_option("--key-file", flags.key_file, "Holds an admin key")->required();
  app.add_option("--link", flags.link, "providers/.../links/... to share the document in")
      ->required();
  app.add_option("--pid", flags.pid, "Process of the core, to measure its memory")->required();
  CLI11_PARSE(app, argc, argv);
  return kalends::bench::Run(flags);
}
