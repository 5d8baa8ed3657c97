# The four functions the build is written with: add_module, add_module_test, add_proto, embed_sql;
# and kalends_options, the one target that carries warnings and sanitizers.
set(KALENDS_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize=, such as address,undefined")
# Off for whoever just builds: a newer compiler knows more warnings. The test command turns it on.
option(KALENDS_WERROR "Stop at warnings" OFF)

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

set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# What every target of ours is compiled with. asserts stay on in release builds (STYLE: a broken
# invariant stops the program instead of spreading).
add_library(kalends_base_options INTERFACE)
target_compile_features(kalends_base_options INTERFACE cxx_std_20)
target_compile_options(kalends_base_options INTERFACE -UNDEBUG -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.
                       $<$<CONFIG:RelWithDebInfo>:-g1>)
if(KALENDS_SANITIZE)
  target_compile_options(kalends_base_options INTERFACE -fsanitize=${KALENDS_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(kalends_base_options INTERFACE -fsanitize=${KALENDS_SANITIZE})
endif()
add_library(kalends_options INTERFACE)
target_link_libraries(kalends_options INTERFACE kalends_base_options)
target_compile_options(kalends_options INTERFACE -Wall -Wextra -Wpedantic
                       $<$<BOOL:${KALENDS_WERROR}>:-Werror>)
# What only tests run is compiled fast rather than to be fast.
add_library(kalends_test_options INTERFACE)
target_compile_options(kalends_test_options INTERFACE $<$<CONFIG:RelWithDebInfo>:-O0>)
target_include_directories(kalends_options INTERFACE ${CMAKE_SOURCE_DIR})


# A static library of ours. PCH: shares the precompiled gRPC and Protobuf headers.
function(add_module name)
  cmake_parse_arguments(ARG "PCH" "" "SOURCES;DEPS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC ${ARG_DEPS} PRIVATE kalends_options)
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_compile_features(${name} PUBLIC cxx_std_20)
  if(ARG_PCH)
    target_precompile_headers(${name} PRIVATE <grpcpp/grpcpp.h> <google/protobuf/message.h>)
  endif()
endfunction()

# A GoogleTest binary `<name>_test`, each of its tests known to ctest.
function(add_module_test name)
  cmake_parse_arguments(ARG "PCH" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name}_test ${ARG_SOURCES})
  set(subject "")
  if(TARGET ${name})
    set(subject ${name})
  endif()
  target_link_libraries(${name}_test PRIVATE ${subject} ${ARG_DEPS} kalends_options kalends_test_options
                                             GTest::gtest GTest::gmock GTest::gtest_main)
  if(ARG_PCH)
    target_precompile_headers(${name}_test PRIVATE <grpcpp/grpcpp.h> <google/protobuf/message.h>)
  endif()
  gtest_discover_tests(${name}_test DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
endfunction()

# The library `name` of messages and gRPC stubs generated from .proto files below `ROOT`.
function(add_proto name)
  cmake_parse_arguments(ARG "" "ROOT" "SOURCES" ${ARGN})
  find_program(GRPC_CPP_PLUGIN grpc_cpp_plugin REQUIRED)
  set(generated "")
  set(out ${CMAKE_CURRENT_BINARY_DIR}/gen)
  file(MAKE_DIRECTORY ${out})
  foreach(proto IN LISTS ARG_SOURCES)
    string(REGEX REPLACE "\\.proto$" "" stem ${proto})
    set(files ${out}/${stem}.pb.cc ${out}/${stem}.pb.h ${out}/${stem}.grpc.pb.cc ${out}/${stem}.grpc.pb.h)
    add_custom_command(
      OUTPUT ${files}
      COMMAND protobuf::protoc -I ${ARG_ROOT} --cpp_out=${out} --grpc_out=${out}
              --plugin=protoc-gen-grpc=${GRPC_CPP_PLUGIN} ${ARG_ROOT}/${proto}
      DEPENDS ${ARG_ROOT}/${proto} VERBATIM)
    list(APPEND generated ${files})
  endforeach()
  add_library(${name} STATIC ${generated})
  target_include_directories(${name} SYSTEM PUBLIC ${out})
  target_link_libraries(${name} PUBLIC gRPC::grpc++ protobuf::libprotobuf PRIVATE kalends_base_options)
  target_precompile_headers(${name} PRIVATE <grpcpp/grpcpp.h> <google/protobuf/message.h>)
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
  target_sources(${target} PRIVATE ${source})
endfunction()
