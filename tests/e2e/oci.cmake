# SPDX-License-Identifier: Apache-2.0
# The OCI source against the registries and tools that Debian has, and those of Go where they can be had.
foreach(part shapes access trouble neighbours restart change signature memory)
    ajour_add_e2e_tests(oci_${part} 300)
endforeach()
ajour_add_e2e_tests(oci_fleet 600)
ajour_add_e2e_tests(oci_hostile 900)

# Debian 12 has an older Go than oras asks for.
find_program(AJOUR_GO go)
if(AJOUR_GO)
    execute_process(COMMAND ${AJOUR_GO} env GOVERSION OUTPUT_VARIABLE go_version ERROR_QUIET)
    string(REGEX MATCH "[0-9.]+" go_version "${go_version}")
endif()
if(AJOUR_GO AND go_version VERSION_GREATER_EQUAL 1.25.7)
    ajour_add_e2e_tests(go_tools_build 600)
    ajour_add_e2e_tests(oras 300)
    set_tests_properties(e2e.GoToolsBuild.go_installs_oras PROPERTIES FIXTURES_SETUP oras)
    set_tests_properties(e2e.Oras.an_artifact_updates_a_device
        e2e.Oras.an_artifact_of_the_first_specification_updates_a_device
        e2e.Oras.a_file_that_was_given_no_type_updates_a_device PROPERTIES FIXTURES_REQUIRED oras)
else()
    message(STATUS "No tests with oras: they need Go 1.25.7 or newer")
endif()

# cosign takes minutes to build: whoever wants these tests does that once, see CONTRIBUTING.md.
find_program(AJOUR_COSIGN cosign)
if(AJOUR_COSIGN)
    ajour_add_e2e_tests(cosign 300)
else()
    message(STATUS "No tests with cosign: it is not installed")
endif()
