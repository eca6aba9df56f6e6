//! `licit_check`, `licit_screen`, `licit_classify`, `licit_read`: functions of DataFusion from a task and a struct of columns to a struct of answers.

use crate::task::{Bundle, Task};
use datafusion::arrow::array::{Array, AsArray, RecordBatch, StructArray};
use datafusion::arrow::compute::concat_batches;
use datafusion::arrow::datatypes::{DataType, Field, FieldRef, Schema};
use datafusion::common::{DataFusionError, Result, ScalarValue};
use datafusion::logical_expr::{ColumnarValue, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility};
use licit::batch::{Columns, Mode};
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Tasks whose memory is kept; a process that is asked more different things begins anew.
const MOST_TASKS: usize = 16;

/// All functions over this law and these lists.
#[must_use]
pub fn functions(bundle: Bundle) -> Vec<ScalarUDF> {
    let modes = [Mode::Check, Mode::Screen, Mode::Classify, Mode::Read];
    modes.into_iter().map(|mode| ScalarUDF::new_from_impl(Answers::new(bundle, mode))).collect()
}

/// The function that asks this.
#[must_use]
pub fn function(bundle: Bundle, mode: Mode) -> ScalarUDF {
    ScalarUDF::new_from_impl(Answers::new(bundle, mode))
}

#[derive(Debug)]
struct Answers {
    bundle: Bundle,
    mode: Mode,
    name: String,
    signature: Signature,
}

impl Answers {
    fn new(bundle: Bundle, mode: Mode) -> Self {
        let signature = Signature::any(2, Volatility::Immutable);
        Self { bundle, mode, name: format!("licit_{}", mode.word()), signature }
    }

    /// What answers these columns, found again for every batch of a job.
    fn columns(&self, task: &str, given: &DataType) -> Result<Arc<Columns<'static>>> {
        static KNOWN: LazyLock<Mutex<HashMap<String, Arc<Columns<'static>>>>> = LazyLock::new(Mutex::default);
        let DataType::Struct(fields) = given else {
            return Err(told(format!("{} takes a struct of columns, such as named_struct('id', id, …), not {given}", self.name)));
        };
        let names: Vec<String> = fields.iter().map(|field| field.name().clone()).collect();
        let key = format!("{}\n{task}\n{names:?}", self.name);
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(columns) = known.get(&key) {
            return Ok(columns.clone());
        }
        let task: Task = serde_json::from_str(task).map_err(|e| told(format!("{}: the first argument is no task: {e}", self.name)))?;
        let columns = Arc::new(task.columns(self.bundle, self.mode, &names).map_err(told)?);
        if known.len() >= MOST_TASKS {
            known.clear();
        }
        known.insert(key, columns.clone());
        Ok(columns)
    }
}

impl PartialEq for Answers {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.bundle.hash() == other.bundle.hash()
    }
}

impl Eq for Answers {}

impl Hash for Answers {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl ScalarUDFImpl for Answers {
    fn name(&self) -> &str {
        &self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Err(DataFusionError::Internal("the columns of an answer depend on the task".into()))
    }

    fn return_field_from_args(&self, args: ReturnFieldArgs) -> Result<FieldRef> {
        let (Some(Some(task)), Some(given)) = (args.scalar_arguments.first(), args.arg_fields.get(1)) else {
            return Err(told(format!("{}: the first argument is a literal, the task as JSON", self.name)));
        };
        let columns = self.columns(&text(task)?, given.data_type())?;
        Ok(Arc::new(Field::new(&self.name, DataType::Struct(columns.schema().fields().clone()), true)))
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let rows = args.number_rows;
        let [ColumnarValue::Scalar(task), given] = args.args.as_slice() else {
            return Err(told(format!("{}: the first argument is a literal, the task as JSON", self.name)));
        };
        let given = given.to_array(rows)?;
        let columns = self.columns(&text(task)?, given.data_type())?;
        let fields = given.as_struct();
        let schema = Arc::new(Schema::new(fields.fields().clone()));
        let batch = RecordBatch::try_new(schema, fields.columns().to_vec())?;
        let answers = columns.answer(&batch).map_err(told)?;
        Ok(ColumnarValue::Array(Arc::new(StructArray::from(concat_batches(&columns.schema(), &answers)?))))
    }
}

fn text(task: &ScalarValue) -> Result<String> {
    task.try_as_str().flatten().map(str::to_owned).ok_or_else(|| told("the task is a text".into()))
}

fn told(message: String) -> DataFusionError {
    DataFusionError::Execution(message)
}
