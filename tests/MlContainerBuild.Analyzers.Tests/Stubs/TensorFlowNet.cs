// Package TensorFlow.NET.
namespace Tensorflow
{
    public class Graph
    {
        public bool Import(byte[] bytes, string prefix = "") => true;
        public bool Import(string file_path, string prefix = "") => true;
    }
}

namespace Tensorflow.Keras.Models
{
    public class ModelsApi
    {
        public object load_model(string filepath, bool compile = true) => null;
    }
}
