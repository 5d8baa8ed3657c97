// Measures a 50 MiB upload and fetch through a running core: throughput, and by how much the core's
// resident memory grew at its peak (VmHWM, reset before each). Ends with a link to download the
// document, for whoever measures kalends-web. Prints JSON.
#include <fmt/format.h>
#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <random>
#include <string>

#include "core/base/id.h"
#include "core/base/limits.h"
#include "kalends/v1/document_service.grpc.pb.h"
#include "tools/bench/load.h"

namespace kalends::bench {
namespace {

constexpr std::size_t kPiece = 256 << 10;

struct Flags {
  std::string core = "127.0.0.1:50051";
  std::string key_file;
  std::string provider = core::EncodeId(1'000'000);            // The first one of bench_seed,
  std::string customer = core::EncodeId(CustomerId(1, 0, 0));  // and its customer.
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

// Runs `transfer`; what it took as JSON. Ends the program where it fails.
template <typename Transfer>
std::string Measure(const Flags& flags, const Transfer& transfer) {
  std::ofstream(fmt::format("/proc/{}/clear_refs", flags.pid)) << "5";
  const std::int64_t before = StatusKib(flags.pid, "VmRSS");
  const auto begun = std::chrono::steady_clock::now();
  const grpc::Status status = transfer();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  if (!status.ok()) {
    std::cerr << status.error_message() << "\n";
    std::exit(EXIT_FAILURE);
  }
  const std::int64_t peak = StatusKib(flags.pid, "VmHWM");
  return fmt::format(
      R"({{"mib_per_second":{:.0f},"resident_mib":{:.1f},"peak_mib":{:.1f},"grown_mib":{:.1f}}})",
      static_cast<double>(core::kFileBytesMax >> 20) / took.count(),
      static_cast<double>(before) / 1024, static_cast<double>(peak) / 1024,
      static_cast<double>(peak - before) / 1024);
}

grpc::Status Upload(v1::DocumentService::Stub& stub, grpc::ClientContext& context,
                    const std::string& link, v1::Document* document) {
  const auto writer = stub.UploadDocument(&context, document);
  v1::UploadDocumentRequest message;
  message.mutable_header()->set_parent(link);
  message.mutable_header()->set_request_id(fmt::format("bench-{:08x}", std::random_device()()));
  bool open = writer->Write(message);
  message.set_data(std::string(kPiece, 'k'));
  for (std::int64_t at = 0; open && at < core::kFileBytesMax; at += kPiece) {
    open = writer->Write(message);
  }
  writer->WritesDone();
  return writer->Finish();
}

grpc::Status Fetch(v1::DocumentService::Stub& stub, grpc::ClientContext& context,
                   const std::string& name) {
  v1::FetchDocumentRequest request;
  request.set_name(name);
  const auto reader = stub.FetchDocument(&context, request);
  v1::FetchDocumentResponse message;
  while (reader->Read(&message)) {
  }
  return reader->Finish();
}

int Run(const Flags& flags) {
  std::string key;
  std::ifstream(flags.key_file) >> key;
  const auto stub = v1::DocumentService::NewStub(
      grpc::CreateChannel(flags.core, grpc::InsecureChannelCredentials()));
  const std::string account = "accounts/" + flags.customer;
  const std::string link = fmt::format("providers/{}/links/{}", flags.provider, flags.customer);
  const auto prepare = [&](grpc::ClientContext& context) {
    context.AddMetadata("authorization", "Bearer " + key);
    context.AddMetadata("kalends-account", account);
  };
  v1::Document document;
  const std::string upload = Measure(flags, [&] {
    grpc::ClientContext context;
    prepare(context);
    return Upload(*stub, context, link, &document);
  });
  const std::string fetch = Measure(flags, [&] {
    grpc::ClientContext context;
    prepare(context);
    return Fetch(*stub, context, document.name());
  });
  grpc::ClientContext context;
  prepare(context);
  v1::CreateDownloadLinkRequest request;
  request.set_name(document.name());
  request.set_request_id(fmt::format("bench-{:08x}", std::random_device()()));
  v1::DownloadLink made;
  if (const grpc::Status status = stub->CreateDownloadLink(&context, request, &made);
      !status.ok()) {
    std::cerr << status.error_message() << "\n";
    return EXIT_FAILURE;
  }
  fmt::print(R"({{"upload":{},"fetch":{},"token":"{}"}})"
             "\n",
             upload, fetch, made.token());
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace kalends::bench

int main(int argc, char** argv) {
  CLI::App app("Measures a 50 MiB upload and fetch.", "transfer_bench");
  kalends::bench::Flags flags;
  app.add_option("--core", flags.core, "Address of the core")->capture_default_str();
  app.add_option("--api-key-file", flags.key_file, "Holds an admin key")->required();
  app.add_option("--provider", flags.provider, "Id of the provider to share the document with")
      ->capture_default_str();
  app.add_option("--customer", flags.customer, "Id of the customer whose document it is")
      ->capture_default_str();
  app.add_option("--pid", flags.pid, "Process of the core, to measure its memory")->required();
  CLI11_PARSE(app, argc, argv);
  return kalends::bench::Run(flags);
}
