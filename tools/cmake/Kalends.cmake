# The functions the build is written with: add_module, add_program, add_module_test, add_proto, embed_sql;
# the targets that carry options of the compiler, and the precompiled headers.
set(KALENDS_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize=, such as address,undefined")
# Off where a compiler is newer than those of Debian 12 and 13, and knows more warnings. The test command
# turns it on; where it was on before, that compiles nothing anew.
set(known_compiler OFF)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 15)
  set(known_compiler ON)
endif()
option(KALENDS_WERROR "Stop at warnings" ${known_compiler})

# Several sources of a module are compiled as one, in the order of its list: what a source costs is
# mostly reading headers. A name in a nameless namespace is therefore its module's, not its file's.
option(KALENDS_UNITY "Compile modules' sources by the sixteen" ON)

find_program(CCACHE ccache)
if(CCACHE)
  # Precompiled headers need the two sloppiness settings to be cacheable at all. Paths below the
  # checkout are made relative, so that a checkout in another folder finds what this one compiled.
  set(KALENDS_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${KALENDS_LAUNCHER})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${KALENDS_LAUNCHER})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# What every target of ours is compiled with. asserts stay on in release builds (STYLE: a broken
# invariant stops the program instead of spreading).
add_library(kalends_base_options INTERFACE)
target_compile_features(kalends_base_options INTERFACE cxx_std_20)
target_compile_options(kalends_base_options INTERFACE -UNDEBUG -pthread -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.
                       $<$<CONFIG:RelWithDebInfo>:-g1> -fstack-protector-strong -fstack-clash-protection)
# What an overflow would overwrite next is read-only once the program runs. Position independent they are
# by Debian's gcc.
target_link_options(kalends_base_options INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
if(KALENDS_SANITIZE)
  # Debian's gRPC has no types to check calls of its virtual functions by.
  target_compile_options(kalends_base_options INTERFACE -fsanitize=${KALENDS_SANITIZE} -fno-sanitize=vptr
                                                        -fno-omit-frame-pointer)
  target_link_options(kalends_base_options INTERFACE -fsanitize=${KALENDS_SANITIZE})
  if(KALENDS_SANITIZE STREQUAL thread)
    # Protobuf's messages have other members by this macro, and Debian's library is built without it.
    # Asio puts fences around handlers, beside the mutexes that order them anyway.
    target_compile_options(kalends_base_options INTERFACE -U__SANITIZE_THREAD__ -Wno-tsan)
  endif()
endif()
add_library(kalends_options INTERFACE)
target_link_libraries(kalends_options INTERFACE kalends_base_options)
target_compile_options(kalends_options INTERFACE -Wall -Wextra -Wpedantic
                       $<$<BOOL:${KALENDS_WERROR}>:-Werror>)
target_include_directories(kalends_options INTERFACE ${CMAKE_SOURCE_DIR})
# What no user waits for is compiled fast rather than to be fast.
add_library(kalends_fast_options INTERFACE)
target_link_libraries(kalends_fast_options INTERFACE kalends_options)
target_compile_options(kalends_fast_options INTERFACE $<$<CONFIG:RelWithDebInfo>:-O0>)

# Debian 13's gRPC defines NOMINMAX for who links it. A test that does not reads the headers anew, which
# is no error.
if(CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 13)
  set(CMAKE_PCH_WARN_INVALID OFF)
endif()

# Headers that are precompiled once and shared. gcc takes such a header only where all options are
# those it was compiled with, so there is one set for what runs and one for what tests it.
function(add_precompiled name)
  cmake_parse_arguments(ARG "" "" "HEADERS;DEPS" ${ARGN})
  file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${name}.cc CONTENT "")
  add_library(${name} OBJECT ${CMAKE_CURRENT_BINARY_DIR}/${name}.cc)
  target_link_libraries(${name} PRIVATE ${ARG_DEPS})
  target_precompile_headers(${name} PRIVATE ${ARG_HEADERS})
endfunction()

set(KALENDS_RPC_HEADERS <grpcpp/grpcpp.h> <grpcpp/generic/generic_stub.h> <google/protobuf/message.h>
                        <google/protobuf/descriptor.h> <algorithm> <chrono> <functional> <map> <memory>
                        <optional> <string> <variant> <vector> "\"absl/status/statusor.h\"")
set(KALENDS_STD_HEADERS <algorithm> <atomic> <chrono> <functional> <map> <memory> <mutex> <optional> <set>
                        <string> <thread> <unordered_map> <variant> <vector> "\"absl/status/statusor.h\"")
# Which version the programs are. The commit is looked at by each build, and only this library is compiled
# anew where it is another.
set(version_dir ${CMAKE_BINARY_DIR}/version)
file(CONFIGURE OUTPUT ${version_dir}/kalends_version.h @ONLY CONTENT
     "// Which Kalends this is.\n#pragma once\n\nnamespace kalends {\n\n// \"0.1.0 (commit 0123456789ab)\"; the commit only where it is known.\nconst char* Version();\n\n}  // namespace kalends\n")
add_custom_target(kalends_version_source BYPRODUCTS ${version_dir}/version.cc
  COMMAND ${CMAKE_COMMAND} -DOUT=${version_dir}/version.cc -DVERSION=${PROJECT_VERSION}
          -DSOURCE=${CMAKE_SOURCE_DIR} -P ${CMAKE_SOURCE_DIR}/tools/cmake/Version.cmake VERBATIM)
add_library(kalends_version STATIC ${version_dir}/version.cc)
add_dependencies(kalends_version kalends_version_source)
target_include_directories(kalends_version PUBLIC ${version_dir})
target_link_libraries(kalends_version PRIVATE kalends_options)

# Their own code is compiled once, in a library, instead of in every object that uses them.
add_library(kalends_asio STATIC ${CMAKE_SOURCE_DIR}/tools/cmake/boost_asio.cc)
target_compile_definitions(kalends_asio PUBLIC BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION)
target_link_libraries(kalends_asio PUBLIC Boost::headers Threads::Threads PRIVATE kalends_options)

add_precompiled(kalends_pch_rpc HEADERS ${KALENDS_RPC_HEADERS} DEPS kalends_options gRPC::grpc++)
add_precompiled(kalends_pch_std HEADERS ${KALENDS_STD_HEADERS} DEPS kalends_options absl::statusor)
if(KALENDS_TESTS)
  add_precompiled(kalends_pch_test HEADERS ${KALENDS_RPC_HEADERS} <gmock/gmock.h> <gtest/gtest.h>
                  DEPS kalends_fast_options gRPC::grpc++ GTest::gmock)
endif()

function(compile_together name)
  if(KALENDS_UNITY)
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 16)
    # What a source keeps to itself, gcc takes for a header's.
    target_compile_options(${name} PRIVATE -Wno-subobject-linkage)
  endif()
endfunction()

# A static library of ours. PCH: which of the precompiled headers it is compiled with, std (the default)
# or, for what links gRPC, rpc. UNITY: its sources are compiled together (KALENDS_UNITY).
function(add_module name)
  cmake_parse_arguments(ARG "UNITY" "PCH" "SOURCES;DEPS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC ${ARG_DEPS} PRIVATE kalends_options)
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_compile_features(${name} PUBLIC cxx_std_20)
  if(NOT ARG_PCH)
    set(ARG_PCH std)
  endif()
  target_precompile_headers(${name} REUSE_FROM kalends_pch_${ARG_PCH})
  if(ARG_UNITY)
    compile_together(${name})
  endif()
endfunction()

# A program. PCH: as of a module, rpc by default. It is optimized like the modules it links: what its
# sources have in common with them, the linker takes from it.
function(add_program name)
  cmake_parse_arguments(ARG "" "PCH" "SOURCES;DEPS" ${ARGN})
  if(NOT ARG_PCH)
    set(ARG_PCH rpc)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} CLI11::CLI11 kalends_version kalends_options)
  target_precompile_headers(${name} REUSE_FROM kalends_pch_${ARG_PCH})
  compile_together(${name})
endfunction()

# A GoogleTest binary `<name>_test`, each of its tests known to ctest.
function(add_module_test name)
  cmake_parse_arguments(ARG "UNITY" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name}_test ${ARG_SOURCES})
  set(subject "")
  if(TARGET ${name})
    set(subject ${name})
  endif()
  target_link_libraries(${name}_test PRIVATE ${subject} ${ARG_DEPS} kalends_fast_options GTest::gtest GTest::gmock
                                             GTest::gtest_main)
  target_precompile_headers(${name}_test REUSE_FROM kalends_pch_test)
  if(ARG_UNITY)
    compile_together(${name}_test)
  endif()
  gtest_discover_tests(${name}_test DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
endfunction()

# The library `name` of the messages of .proto files below ROOT, and `STUBS` of their services' stubs,
# which only who does not call by the request's type needs.
function(add_proto name)
  cmake_parse_arguments(ARG "" "ROOT;STUBS" "SOURCES" ${ARGN})
  find_program(GRPC_CPP_PLUGIN grpc_cpp_plugin REQUIRED)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/gen)
  file(MAKE_DIRECTORY ${out})
  set(messages "")
  set(stubs "")
  foreach(proto IN LISTS ARG_SOURCES)
    string(REGEX REPLACE "\\.proto$" "" stem ${proto})
    set(files ${out}/${stem}.pb.cc ${out}/${stem}.pb.h ${out}/${stem}.grpc.pb.cc ${out}/${stem}.grpc.pb.h)
    add_custom_command(
      OUTPUT ${files}
      COMMAND protobuf::protoc -I ${ARG_ROOT} --cpp_out=${out} --grpc_out=${out}
              --plugin=protoc-gen-grpc=${GRPC_CPP_PLUGIN} ${ARG_ROOT}/${proto}
      DEPENDS ${ARG_ROOT}/${proto} VERBATIM)
    list(APPEND messages ${out}/${stem}.pb.cc ${out}/${stem}.pb.h)
    list(APPEND stubs ${out}/${stem}.grpc.pb.cc ${out}/${stem}.grpc.pb.h)
  endforeach()
  add_library(${name} STATIC ${messages})
  target_link_libraries(${name} PUBLIC protobuf::libprotobuf)
  add_library(${ARG_STUBS} STATIC ${stubs})
  target_link_libraries(${ARG_STUBS} PUBLIC ${name} gRPC::grpc++)
  foreach(library IN ITEMS ${name} ${ARG_STUBS})
    target_include_directories(${library} SYSTEM PUBLIC ${out})
    # What a generator wrote is warned about nowhere.
    target_compile_options(${library} PRIVATE -w)
    target_link_libraries(${library} PRIVATE kalends_options)
    target_precompile_headers(${library} REUSE_FROM kalends_pch_rpc)
    # protoc names two of a file's tables the same in every file; here each gets a name of its own.
    set_target_properties(${library} PROPERTIES
      UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 7 UNITY_BUILD_UNIQUE_ID KALENDS_UNITY_ID
      UNITY_BUILD_CODE_BEFORE_INCLUDE
      "#define KALENDS_JOIN_(a, b) a##b\n#define KALENDS_JOIN(a, b) KALENDS_JOIN_(a, b)
#define schemas KALENDS_JOIN(schemas_, KALENDS_UNITY_ID)
#define file_default_instances KALENDS_JOIN(file_default_instances_, KALENDS_UNITY_ID)"
      UNITY_BUILD_CODE_AFTER_INCLUDE
      "#undef schemas\n#undef file_default_instances\n#undef KALENDS_JOIN\n#undef KALENDS_JOIN_")
  endforeach()
endfunction()

# Names a source that a command writes as a target, too: made for its module alone, it would wait for all
# libraries of that module, which a reader of sources (tools/tidy) has no use for.
function(add_generated name file)
  add_custom_target(${name} DEPENDS ${file})
endfunction()

# Compiles .sql files into `target` as `const std::vector<std::string_view>& <symbol>()`, in order.
function(embed_sql target symbol)
  cmake_parse_arguments(ARG "" "NAMESPACE" "FILES" ${ARGN})
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cc)
  set(absolute "")
  foreach(file IN LISTS ARG_FILES)
    list(APPEND absolute ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  add_custom_command(
    OUTPUT ${source}
    COMMAND ${CMAKE_COMMAND} -DOUT=${source} -DSYMBOL=${symbol} -DNAMESPACE=${ARG_NAMESPACE}
            "-DFILES=${absolute}" -P ${CMAKE_SOURCE_DIR}/tools/cmake/EmbedSql.cmake
    DEPENDS ${absolute} ${CMAKE_SOURCE_DIR}/tools/cmake/EmbedSql.cmake VERBATIM)
  add_generated(${target}_${symbol} ${source})
  target_sources(${target} PRIVATE ${source})
endfunction()
