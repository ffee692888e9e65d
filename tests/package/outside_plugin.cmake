# SPDX-License-Identifier: Apache-2.0
# Installs the SDK from BUILD, builds the tutorial's plugin against it as a stranger would, and runs its tests,
# which load it and put it through the contract suites.
file(REMOVE_RECURSE ${WORK})

function(run)
    execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD} --component Sdk --prefix ${WORK}/installed)
run(${CMAKE_COMMAND} -G ${GENERATOR} -S ${SOURCE} -B ${WORK}/hello
    -DCMAKE_BUILD_TYPE=Debug -DCMAKE_PREFIX_PATH=${WORK}/installed
    -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_FLAGS=${FLAGS})
run(${CMAKE_COMMAND} --build ${WORK}/hello)
run(${CMAKE_CTEST_COMMAND} --test-dir ${WORK}/hello --output-on-failure --no-tests=error)
run(${CMAKE_COMMAND} -DPLUGINS=${WORK}/hello -DNM=${NM} -P ${ONE_SYMBOL})
