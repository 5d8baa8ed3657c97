// Uploads and downloads of tests.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/test_server.h"

namespace kalends::test {

inline constexpr std::size_t kMegabyte = 1 << 20;

// How many files of documents, unfinished ones included, lie in a blob directory.
inline int FilesIn(const std::filesystem::path& blobs) {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(blobs)) {
    if (entry.path().filename() != "store-id") ++files;
  }
  return files;
}

// Sends `first`, then `bytes` in pieces, and ends the stream.
template <typename Stub, typename Request, typename Response>
grpc::Status Upload(
    const Client& client,
    std::unique_ptr<grpc::ClientWriter<Request>> (Stub::*method)(grpc::ClientContext*, Response*),
    const Request& first, std::string_view bytes, Response* response) {
  constexpr std::size_t kPiece = 200'000;
  Stub stub(client.channel());
  grpc::ClientContext context;
  client.Prepare(context);
  const auto writer = (stub.*method)(&context, response);
  bool open = writer->Write(first);
  for (; open && !bytes.empty(); bytes.remove_prefix(std::min(kPiece, bytes.size()))) {
    Request piece;
    piece.set_data(std::string(bytes.substr(0, kPiece)));
    open = writer->Write(piece);
  }
  writer->WritesDone();
  return writer->Finish();
}

// Reads a whole stream: its first message, and the bytes of all others.
template <typename Stub, typename Request, typename Response>
grpc::Status Fetch(const Client& client,
                   std::unique_ptr<grpc::ClientReader<Response>> (Stub::*method)(
                       grpc::ClientContext*, const Request&),
                   const Request& request, Response* first, std::string* bytes) {
  Stub stub(client.channel());
  grpc::ClientContext context;
  client.Prepare(context);
  const auto reader = (stub.*method)(&context, request);
  Response message;
  bytes->clear();
  if (reader->Read(first)) {
    while (reader->Read(&message)) bytes->append(message.data());
  }
  return reader->Finish();
}

}  // namespace kalends::test
