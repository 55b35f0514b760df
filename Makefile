# Every target sets up what it needs in .venv, on a machine that has Python 3.10 or later and make.
PYTHON ?= python3
BIN := .venv/bin
EXPM_TESTS := $(wildcard tests/runtime/test_expm*.py tests/runtime/test_gallery.py)
SPAN_TESTS := tests/test_random_spans.py
SPIN_TESTS := tests/runtime/test_spins_at_run_time.py
KIND_TESTS := $(wildcard tests/runtime/test_*_at_run_time.py tests/runtime/test_*_in_matrices.py)
export TF_CPP_MIN_LOG_LEVEL ?= 3

.PHONY: test verify demo bench timings accuracy tables lint typecheck generated clean

# One run after the other: what XLA compiles is kept until a process ends, gigabytes of it.
test: .venv/test.done  ## run the tests
	$(BIN)/pytest -n auto --ignore=tests/runtime
	$(BIN)/pytest -n auto $(EXPM_TESTS)
	$(BIN)/pytest -n auto $(KIND_TESTS)
	$(BIN)/pytest -n auto tests/runtime $(addprefix --ignore=,$(EXPM_TESTS) $(KIND_TESTS))

verify: .venv/test.done  ## sweep every kernel over far more elements, and print the worst errors
	$(BIN)/pytest -n auto --verify -m verify -rP $(SPAN_TESTS)
	$(BIN)/pytest -n auto --verify -m verify -rP --ignore=tests/runtime $(addprefix --ignore=,$(SPAN_TESTS))
	$(BIN)/pytest -n auto --verify -m verify -rP $(SPIN_TESTS)
	$(BIN)/pytest -n auto --verify -m verify -rP tests/runtime $(addprefix --ignore=,$(SPIN_TESTS))

demo: .venv/examples.done  ## train the first layer, then learn an accelerator cell
	$(BIN)/liealg demo
	$(BIN)/python examples/accelerator_cell.py

bench: .venv/test.done  ## tables of times against stock TensorFlow
	$(BIN)/python benchmarks/exponentials.py
	$(BIN)/python benchmarks/expm.py

timings: .venv/test.done  ## tables of times of the structure functions, up to dimension 28
	$(BIN)/python benchmarks/structure.py

accuracy: .venv/test.done  ## table of errors over matrices of the literature, beside SciPy's
	PYTHONPATH=tests/runtime $(BIN)/python benchmarks/accuracy.py

lint: .venv/lint.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

typecheck: .venv/lint.done  ## mypy sees a mapped package only as it is installed
	rm -rf build/typecheck
	$(BIN)/pip install --quiet --no-deps --target build/typecheck .
	cd build/typecheck && ../../$(BIN)/mypy --config-file ../../pyproject.toml -p liealg

generated: .venv/test.done  ## write the checked-in kernels again
	$(BIN)/liealg generate $$($(BIN)/python -c "import liealg.catalogue as c; print(*c.names())") -o generated

tables: .venv/test.done  ## write the page of the documentation on all exponentials again
	$(BIN)/liealg table -o docs/exponentials.md

.venv/pyvenv.cfg:
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --upgrade pip

.venv/%.done: pyproject.toml .venv/pyvenv.cfg
	$(BIN)/pip install --quiet --editable ".[$*]"
	touch $@

clean:
	rm -rf .venv build out *.egg-info
