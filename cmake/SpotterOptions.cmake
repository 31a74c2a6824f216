# Build switches. The presets in CMakePresets.json set them; see CONTRIBUTING.md.
option(SPOTTER_BUILD_TESTS "Build unit, scenario and end-to-end tests" ON)
option(SPOTTER_BUILD_BENCHMARKS "Build Google Benchmark programs (*_bench.cc)" OFF)
option(SPOTTER_BUILD_FUZZERS "Build libFuzzer targets (needs clang)" OFF)
option(SPOTTER_WITH_OPENVINO "Build the OpenVINO backend; off = recorded outputs only (infer/fake)" ON)
option(SPOTTER_WERROR "Treat warnings as errors" ON)
set(SPOTTER_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize= (address,undefined | thread)")

add_library(spotter_flags INTERFACE)
target_compile_options(spotter_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wnull-dereference
  -Wno-missing-field-initializers
  $<$<BOOL:${SPOTTER_WERROR}>:-Werror>)
if(SPOTTER_SANITIZE)
  # GCC 12 reports null dereferences that only exist in sanitizer instrumentation.
  target_compile_options(spotter_flags INTERFACE -fsanitize=${SPOTTER_SANITIZE} -fno-omit-frame-pointer -Wno-null-dereference
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_link_options(spotter_flags INTERFACE -fsanitize=${SPOTTER_SANITIZE})
endif()
target_include_directories(spotter_flags INTERFACE ${CMAKE_SOURCE_DIR}/src)
